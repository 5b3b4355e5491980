package org.peerrelay.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Refusal;
import org.peerrelay.testing.Changed;

/** Plain HTTP over TLS that sends more records than it may is read more slowly. */
class ThrottledHttpTest {
  private static final ConnectionLimits LIMITS =
      Changed.in(ConnectionLimits.DEFAULT, Map.of("framesPerS", 100));
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int HEADER_BYTES = 5;

  private final HandlerBench bench = new HandlerBench();

  /** Stands for TLS: a record holds what it says, or nothing if that begins with a zero. */
  private static final class Decrypting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
      ByteBuf record = (ByteBuf) read;
      record.skipBytes(HEADER_BYTES);
      if (record.getByte(record.readerIndex()) == 0) {
        record.release();
      } else {
        ctx.fireChannelRead(record);
      }
    }
  }

  /** Never answers. */
  private static final class Front extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }
  }

  @BeforeEach
  void asksForSomething() {
    bench.channel.freezeTime();
    bench.limits = LIMITS;
    bench.add(new TlsIntake(TlsIntakeTest.idle()));
    bench.add(new Decrypting());
    bench.add(new HttpServerCodec(PlainHttpGate.strict()));
    bench.add(new PlainHttpGate(bench.host, Front::new, pipeline -> {}));
    bench.add(new HttpObjectAggregator(UpgradeHandler.MAX_BODY_BYTES));
    bench.add(new UpgradeAcceptor(bench.host, AllowedOrigins.ALL));
    bench.add(new OpeningHandler(bench.host, bench.channel, null));
    byte[] request = REQUEST.getBytes(US_ASCII);
    ByteBuf record = bench.channel.alloc().buffer();
    record.writeBytes(new byte[] {23, 3, 3}).writeShort(request.length).writeBytes(request);
    bench.channel.writeInbound(record);
    assertTrue(PlainHttpGate.isPlain(bench.channel.pipeline()));
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private void comes(byte[] records) {
    bench.channel.writeInbound(bench.channel.alloc().buffer(records.length).writeBytes(records));
  }

  private boolean isReadAfter(long milliseconds) {
    bench.channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
    bench.channel.runScheduledPendingTasks();
    return bench.channel.config().isAutoRead();
  }

  @Test
  void recordsWithNothingInThemCountAsFrames() {
    assertTrue(isReadAfter(0));
    comes(TlsIntakeTest.emptyRecords(1_000));
    assertFalse(isReadAfter(9_000));
    assertEquals(1L, bench.host.counters().snapshot().refused().get(Refusal.LINK_RATE));
    assertTrue(isReadAfter(1_000));
  }

  @Test
  void thePauseIsNotOverBecauseARequestMayCome() {
    comes(TlsIntakeTest.emptyRecords(1_000));
    Reading.allow(bench.channel, false);
    Reading.allow(bench.channel, true);
    assertFalse(isReadAfter(9_000));
    assertTrue(isReadAfter(1_000));
  }

  @Test
  void noRequestMayComeBecauseThePauseIsOver() {
    comes(TlsIntakeTest.emptyRecords(1_000));
    Reading.allow(bench.channel, false);
    assertFalse(isReadAfter(10_000));
    Reading.allow(bench.channel, true);
    assertTrue(isReadAfter(0));
  }

  private void tlsAnswers(int bytes) {
    ByteBuf answer = bench.channel.alloc().buffer().writeZero(bytes);
    bench.channel.pipeline().firstContext().write(answer);
  }

  @Test
  void whoHasTlsAnswerWithoutReadingIsClosed() {
    tlsAnswers(Reading.MAX_UNSENT_BYTES / 2);
    comes(TlsIntakeTest.emptyRecords(1));
    assertTrue(bench.channel.isOpen());
    tlsAnswers(Reading.MAX_UNSENT_BYTES / 2);
    comes(TlsIntakeTest.emptyRecords(1));
    assertFalse(bench.channel.isOpen());
    assertEquals(1L, bench.host.counters().snapshot().closed().get(CloseReason.SILENT));
  }
}
