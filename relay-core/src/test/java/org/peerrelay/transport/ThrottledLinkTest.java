package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Refusal;
import org.peerrelay.testing.Changed;

/** A link that sends more than it may is read more slowly, and nothing else happens to it. */
class ThrottledLinkTest {
  private final PeerId flooder = PeerId.random(new Random(6));

  private static ConnectionLimits limits(int framesPerS) {
    return Changed.in(ConnectionLimits.DEFAULT, Map.of("framesPerS", framesPerS));
  }

  private static byte[] pings(int count) {
    ByteArrayOutputStream pings = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      pings.writeBytes(RawClient.encode(0x80 | RawClient.PING, new byte[0], true));
    }
    return pings.toByteArray();
  }

  private static void read(HandlerBench bench, byte[] bytes) {
    ByteBuf read = bench.channel.alloc().buffer(bytes.length).writeBytes(bytes);
    bench.channel.writeInbound(read);
  }

  private static void pass(HandlerBench bench, long milliseconds) {
    bench.channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
    bench.channel.runScheduledPendingTasks();
  }

  @Test
  void itIsNotReadForAsLongAsItsFramesShouldHaveTakenAndCountsAsAlive() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.channel.freezeTime();
      bench.limits = limits(100);
      WebSocketLink link = bench.link(flooder, null);
      bench.goOn();
      long beforeNs = System.nanoTime();
      read(bench, pings(1_000));
      assertFalse(bench.channel.config().isAutoRead());
      assertTrue(link.lastHeardNs() - beforeNs > TimeUnit.SECONDS.toNanos(9));
      LinkStatus status = link.status(System.nanoTime());
      assertTrue(status.isThrottled());
      assertEquals(1, status.throttled());
      assertEquals(1L, bench.host.counters().snapshot().refused().get(Refusal.LINK_RATE));
      pass(bench, 9_000);
      assertFalse(bench.channel.config().isAutoRead());
      pass(bench, 1_000);
      assertTrue(bench.channel.config().isAutoRead());
      assertFalse(link.status(link.lastHeardNs()).isThrottled());
    }
  }

  @Test
  void piecesOfAFrameCountAsFrames() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.channel.freezeTime();
      bench.limits = limits(100);
      bench.link(flooder, null);
      bench.goOn();
      byte[] ping = RawClient.encode(0x80 | RawClient.PING, new byte[100], true);
      for (byte piece : ping) {
        read(bench, new byte[] {piece});
      }
      assertFalse(bench.channel.config().isAutoRead());
    }
  }

  /** Each has to be decrypted, and the link's handler never hears of it. */
  @Test
  void recordsOfTlsWithNothingInThemCountAsFrames() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.channel.freezeTime();
      bench.limits = limits(100);
      bench.add(new TlsIntake(TlsIntakeTest.idle()));
      bench.add(
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object read) {
              ReferenceCountUtil.release(read);
            }
          });
      WebSocketLink link = bench.link(flooder, null);
      bench.goOn();
      read(bench, TlsIntakeTest.emptyRecords(1_000));
      assertFalse(bench.channel.config().isAutoRead());
      assertEquals(1, link.status(System.nanoTime()).throttled());
    }
  }

  /** As who has TLS 1.3 change its keys again and again, which it answers each time. */
  @Test
  void whoHasTlsAnswerWithoutReadingIsClosed() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.add(new TlsIntake(TlsIntakeTest.idle()));
      bench.link(flooder, null);
      bench.goOn();
      bench.channel.write(bench.channel.alloc().buffer().writeZero(Reading.MAX_UNSENT_BYTES / 2));
      bench.channel.pipeline().fireChannelReadComplete();
      assertTrue(bench.channel.isOpen());
      bench.channel.write(bench.channel.alloc().buffer().writeZero(Reading.MAX_UNSENT_BYTES / 2));
      bench.channel.pipeline().fireChannelReadComplete();
      assertFalse(bench.channel.isOpen());
      assertEquals(1L, bench.host.counters().snapshot().closed().get(CloseReason.SILENT));
    }
  }

  @Test
  void whoWasDialedMaySendTenTimesAsMuch() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.limits = limits(20_000);
      bench.link(flooder, "ws://127.0.0.1:2");
      bench.goOn();
      ByteArrayOutputStream unmasked = new ByteArrayOutputStream();
      for (int i = 0; i < 10_000; i++) {
        unmasked.writeBytes(RawClient.encode(0x80 | RawClient.PING, new byte[0], false));
      }
      read(bench, unmasked.toByteArray());
      assertTrue(bench.channel.config().isAutoRead());
    }
  }

  /** Either of the two reasons for not reading may end first. */
  @Test
  void aLinkThatIsNotAcceptedYetIsNotReadThoughItsPauseIsOver() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.channel.freezeTime();
      bench.limits = limits(100);
      bench.link(flooder, null);
      read(bench, pings(1_000));
      pass(bench, 10_000);
      assertFalse(bench.channel.config().isAutoRead());
      bench.goOn();
      assertTrue(bench.channel.config().isAutoRead());
    }
  }

  @Test
  void aLinkThatIsAcceptedIsNotReadBeforeItsPauseIsOver() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.channel.freezeTime();
      bench.limits = limits(100);
      bench.link(flooder, null);
      read(bench, pings(1_000));
      bench.goOn();
      assertFalse(bench.channel.config().isAutoRead());
      pass(bench, 10_000);
      assertTrue(bench.channel.config().isAutoRead());
    }
  }

  @Test
  void aHandshakeIsThrottledAsWellAndItsPauseEndsWithIt() {
    try (HandlerBench bench = new HandlerBench()) {
      bench.channel.freezeTime();
      bench.limits = limits(100);
      bench.add(new OpeningHandler(bench.host, bench.channel, null));
      read(bench, pings(1_000));
      assertFalse(bench.channel.config().isAutoRead());
      bench.channel.pipeline().removeLast();
      bench.link(flooder, null);
      pass(bench, 10_000);
      assertFalse(bench.channel.config().isAutoRead());
    }
  }

  @Test
  void overSocketsAllOfItArrivesButNoFaster() throws Exception {
    int count = 1_500;
    ConnectionLimits limits = limits(500);
    try (RelayBench bench = new RelayBench(builder -> builder.limits(() -> limits));
        RawClient client = bench.link(flooder)) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        byte[] text =
            Datagrams.user(flooder, bench.alice.id(), Integer.toString(i))
                .getBytes(StandardCharsets.UTF_8);
        flood.writeBytes(RawClient.encode(0x80 | RawClient.TEXT, text, true));
      }
      long startNs = System.nanoTime();
      client.write(flood.toByteArray());
      for (int i = 0; i < count; i++) {
        assertEquals(Integer.toString(i), bench.alice.receive().payload().jsonText());
      }
      // All but the burst and what is read at once takes its time.
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      assertTrue(tookMs > 1_000, "took " + tookMs + " ms");
      assertTrue(bench.refused(Refusal.LINK_RATE) > 0);
      bench.assertRelays();
    }
  }
}
