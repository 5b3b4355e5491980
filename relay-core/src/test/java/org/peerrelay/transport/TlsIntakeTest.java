package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.ByteArrayOutputStream;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.CloseReason;

/** What comes before TLS, on a channel without socket. */
class TlsIntakeTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Object> events = new ArrayList<>();

  /** A handler that nobody has told that its channel is active: its handshake never begins. */
  static SslHandler idle() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(false);
      return new SslHandler(engine);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** So many records of application data that hold nothing but what shows that they are whole. */
  static byte[] emptyRecords(int count) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      records.writeBytes(new byte[] {23, 3, 3, 0, 17});
      records.writeBytes(new byte[17]);
    }
    return records.toByteArray();
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  private TlsIntake add() {
    TlsIntake intake = new TlsIntake(idle());
    channel
        .pipeline()
        .addLast(
            intake,
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
              }
            });
    return intake;
  }

  private ByteBuf comes(byte[] bytes, int start, int length) {
    ByteBuf read = channel.alloc().buffer(Math.max(1, length)).writeBytes(bytes, start, length);
    channel.writeInbound(read);
    return read;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void recordsAreCountedHoweverTheyAreSplit(long seed) {
    TlsIntake intake = add();
    Random random = new Random(seed);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      int length = 1 + random.nextInt(random.nextBoolean() ? 20 : 1_000);
      stream.writeBytes(new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length});
      byte[] content = new byte[length];
      random.nextBytes(content);
      stream.writeBytes(content);
    }
    byte[] bytes = stream.toByteArray();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 900));
      comes(bytes, at, length);
      at += length;
    }
    assertEquals(100, intake.takeRecords(), () -> "seed " + seed);
    assertEquals(0, intake.takeRecords());
    assertEquals(bytes.length, intake.takeBytes());
    assertEquals(0, intake.takeBytes());
  }

  @Test
  void whatComesBeforeTheHandshakeIsOverHasABound() {
    add();
    ByteBuf most = comes(new byte[ServerTls.MAX_EARLY_BYTES], 0, ServerTls.MAX_EARLY_BYTES);
    assertEquals(1, most.refCnt());
    assertTrue(channel.isOpen());
    ByteBuf more = comes(new byte[1], 0, 1);
    assertEquals(0, more.refCnt());
    assertFalse(channel.isOpen());
    assertEquals(1, events.size());
    assertFalse(assertInstanceOf(SslHandshakeCompletionEvent.class, events.get(0)).isSuccess());
    ByteBuf passed = channel.readInbound();
    assertEquals(ServerTls.MAX_EARLY_BYTES, ByteBufUtil.getBytes(passed).length);
    passed.release();
  }

  @Test
  void thatIsCountedAsAHandshakeThatHasFailed() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.add(new TlsIntake(idle()));
      bench.add(new OpeningHandler(bench.host, bench.channel, null));
      byte[] record = new byte[ServerTls.MAX_EARLY_BYTES + 1];
      bench.channel.writeInbound(bench.channel.alloc().buffer(record.length).writeBytes(record));
      assertFalse(bench.channel.isOpen());
      assertEquals(1L, bench.host.counters().snapshot().closed().get(CloseReason.TLS_FAILED));
    }
  }
}
