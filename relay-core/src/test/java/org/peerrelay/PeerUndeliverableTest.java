package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.testing.Changed;
import org.peerrelay.transport.TestPeer;

/** Messages that are known to be lost, each reason. */
class PeerUndeliverableTest {
  private final PeerId to = PeerId.random(new Random(1));

  private static NodeConfig waiting(int bytes, long milliseconds) {
    return Changed.in(
        NodeConfig.LEAF,
        Map.of("waitingBytes", bytes, "waitingNs", TimeUnit.MILLISECONDS.toNanos(milliseconds)));
  }

  @Test
  void aMessageThatFindsNoLinkInItsTime() throws IOException {
    try (TestPeer alone = TestPeer.of(builder -> builder.node(waiting(10_000, 200)))) {
      alone.peer().send(to, Payload.json("1"));
      assertEquals(new TestPeer.Lost(to, DropReason.NO_LINK), alone.lost());
      assertEquals(1, alone.peer().counters().dropped().get(DropReason.NO_LINK));
    }
  }

  @Test
  void aMessageForWhichThereIsNoRoomToWait() throws IOException {
    try (TestPeer alone = TestPeer.of(builder -> builder.node(waiting(1_000, 20_000)))) {
      alone.peer().send(to, Payload.bytes(new byte[1_001]));
      assertEquals(new TestPeer.Lost(to, DropReason.NO_LINK), alone.lost());
    }
  }

  @Test
  void messagesToItselfThatTheApplicationDoesNotTake() throws IOException, InterruptedException {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    try (Peer peer =
        Peer.builder()
            .onMessage(
                (from, payload) -> {
                  try {
                    slow.await(20, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .onUndeliverable(
                (own, reason) -> {
                  if (reason == DropReason.QUEUE_FULL) {
                    lost.countDown();
                  }
                })
            .start()) {
      for (int i = 0; i < 1_000 && lost.getCount() > 0; i++) {
        peer.send(peer.id(), Payload.bytes(new byte[50_000]));
      }
      assertTrue(lost.await(20, TimeUnit.SECONDS));
      slow.countDown();
    }
  }

  @Test
  void nothingIsSaidOfAMessageToAPeerThatIsNowhere() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        TestPeer alice = TestPeer.leaf(relay);
        TestPeer bob = TestPeer.leaf(relay)) {
      alice.peer().send(to, Payload.json("1"));
      alice.assertReaches(bob);
      assertEquals(0, alice.peer().counters().droppedInAll());
    }
  }
}
