package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.testing.Changed;

/** A peer that stops reading costs others nothing. */
class SlowReaderTest {
  private static final Payload TEN_KILOBYTES = Payload.bytes(new byte[10_000]);

  private final PeerId slow = PeerId.random(new Random(7));

  /** Sends to the peer that does not read until its queue at the relay overflows. */
  private void flood(RelayBench bench) {
    long before = bench.dropped(DropReason.QUEUE_FULL);
    while (bench.dropped(DropReason.QUEUE_FULL) < before + 100) {
      bench.alice.peer().send(slow, TEN_KILOBYTES);
      // Each of these comes after the one before, so that Alice's own queue never overflows.
      bench.alice.assertReaches(bench.bob);
    }
  }

  @Test
  void itsQueueOverflowsAndNobodyElseNotices() throws IOException {
    try (RelayBench bench = new RelayBench();
        RawClient client = bench.link(slow)) {
      flood(bench);
      bench.assertRelays();
      assertTrue(bench.relay.linked().contains(slow));
      assertEquals(0, bench.alice.peer().counters().droppedInAll());
      assertTrue(client.readText().contains("findPeers"));
    }
  }

  /** Beside its queue there is what Netty has not been able to write, which makes it unwritable. */
  @Test
  void itCostsItsQueueAndNoMore() throws IOException {
    long before = EventLoops.waitingBytes();
    try (RelayBench bench = new RelayBench();
        RawClient client = bench.link(slow)) {
      for (int i = 0; i < 3; i++) {
        flood(bench);
        long waiting = EventLoops.waitingBytes() - before;
        assertTrue(waiting <= TransportConfig.DEFAULT.maxQueueBytes() + 65_536, "" + waiting);
      }
      assertTrue(client.readText().contains("findPeers"));
    }
  }

  @Test
  void whoSendsToItIsToldThatItsQueueIsFull() throws IOException {
    try (RelayBench bench = new RelayBench();
        RawClient client = bench.link(slow)) {
      flood(bench);
      TestPeer.Lost lost = bench.alice.lost();
      assertEquals(slow, lost.to());
      assertEquals(DropReason.QUEUE_FULL, lost.reason());
      assertTrue(client.readText().contains("findPeers"));
    }
  }

  @Test
  void whenItReadsAgainItGetsTheNewestAndTheOldestAreGone() throws IOException {
    try (RelayBench bench = new RelayBench();
        RawClient client = bench.link(slow)) {
      flood(bench);
      bench.alice.peer().send(slow, Payload.json("\"the newest\""));
      bench.alice.assertReaches(bench.bob);
      int received = 1;
      while (!client.readUser().contains("the newest")) {
        received++;
      }
      long sent = bench.alice.peer().counters().originated();
      assertTrue(received < sent / 2, received + " of " + sent);
      bench.assertRelays();
    }
  }

  @Test
  void theRelayClosesAllTheSame() throws IOException {
    RelayBench bench = new RelayBench(builder -> builder.transport(RelayBench.quick(1_000)));
    try (RawClient client = bench.link(slow)) {
      flood(bench);
      long startNs = System.nanoTime();
      bench.relay.close();
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      assertTrue(tookMs >= 1_000 && tookMs < 3_500, "closing took " + tookMs + " ms");
      client.readToEnd();
    }
    bench.close();
  }

  @Test
  void aLinkThatIsToBeClosedThoughItsPeerDoesNotReadIsClosedInTime() throws IOException {
    try (RelayBench bench = new RelayBench(builder -> builder.transport(RelayBench.quick(1_000)));
        RawClient client = bench.link(slow)) {
      flood(bench);
      bench.relay.peer().disconnect(slow);
      bench.relay.awaitLost(slow);
      assertEquals(1, bench.closed(CloseReason.DISCONNECTED));
      assertTrue(bench.dropped(DropReason.CLOSED) > 0, "what was queued counts as lost");
      client.readToEnd();
    }
  }

  @Test
  void aPeerThatPingsWithoutReadingMakesNoAnswersPileUp() throws IOException {
    ConnectionLimits fast = Changed.in(ConnectionLimits.DEFAULT, Map.of("framesPerS", 1_000_000));
    try (RelayBench bench = new RelayBench(builder -> builder.limits(() -> fast));
        RawClient client = bench.link(slow)) {
      byte[] ping = RawClient.encode(0x80 | RawClient.PING, new byte[125], true);
      ByteBuffer pings = ByteBuffer.allocate(100 * ping.length);
      while (pings.hasRemaining()) {
        pings.put(ping);
      }
      for (int i = 0; i < 1_000; i++) {
        client.write(pings.array());
      }
      // The relay has read them all, though none of the answers could go out.
      client.text(Datagrams.user(slow, bench.alice.id(), "1"));
      assertEquals(slow, bench.alice.receive().from());
      bench.assertRelays();
      assertTrue(pongs(client) < 100_000);
    }
  }

  private static int pongs(RawClient client) throws IOException {
    client.frame(0x80 | RawClient.CLOSE, new byte[] {3, (byte) 0xe8});
    int pongs = 0;
    for (RawClient.Frame frame = client.read(); frame != null; frame = client.read()) {
      pongs += frame.opcode() == RawClient.PONG ? 1 : 0;
    }
    return pongs;
  }
}
