package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.transport.TestPeer;

class PeerCloseTest {
  private static final long DEADLINE_S = 20;

  @Test
  void whatWasSentJustBeforeIsDelivered() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        TestPeer receiver = TestPeer.leaf(relay)) {
      for (int i = 0; i < 200; i++) {
        TestPeer sender = TestPeer.leaf(relay);
        Payload payload = Payload.json(Integer.toString(i));
        sender.peer().send(receiver.id(), payload);
        sender.close();
        assertEquals(new TestPeer.Received(sender.id(), payload), receiver.receive());
      }
    }
  }

  @Test
  void manyLargeMessagesSentJustBeforeAreDelivered() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        TestPeer receiver = TestPeer.leaf(relay)) {
      for (int i = 0; i < 20; i++) {
        TestPeer sender = TestPeer.leaf(relay);
        for (int message = 0; message < 8; message++) {
          sender.peer().send(receiver.id(), Payload.bytes(new byte[20_000]));
        }
        sender.close();
        for (int message = 0; message < 8; message++) {
          assertEquals(sender.id(), receiver.receive().from());
        }
      }
    }
  }

  @Test
  void aRelaysOwnMessagesAreDeliveredToo() throws IOException {
    for (int i = 0; i < 50; i++) {
      TestPeer relay = TestPeer.relay();
      try (TestPeer receiver = TestPeer.leaf(relay)) {
        relay.peer().send(receiver.id(), Payload.json(Integer.toString(i)));
        relay.close();
        assertEquals(relay.id(), receiver.receive().from());
        receiver.awaitLost(relay.id());
      }
    }
  }

  @Test
  void closingTwiceAndFromManyThreadsIsClosingOnce() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      TestPeer peer = TestPeer.leaf(relay);
      List<CompletableFuture<Void>> closes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        closes.add(CompletableFuture.runAsync(peer::close));
      }
      closes.forEach(close -> close.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join());
      peer.close();
      relay.awaitLost(peer.id());
    }
  }

  @Test
  void aPeerMayBeClosedByItsOwnListener() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      CompletableFuture<Peer> own = new CompletableFuture<>();
      CompletableFuture<Void> closed = new CompletableFuture<>();
      CompletableFuture<PeerId> lost = new CompletableFuture<>();
      Peer peer =
          Peer.builder()
              .bootstrap(relay.url())
              .onMessage(
                  (from, payload) -> {
                    own.join().close();
                    closed.complete(null);
                  })
              .onPeerLost(lost::complete)
              .start();
      own.complete(peer);
      relay.awaitLinked(peer.id());
      relay.peer().send(peer.id(), Payload.json("1"));
      closed.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
      relay.awaitLost(peer.id());
      assertEquals(relay.id(), lost.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join());
      peer.close();
    }
  }

  @Test
  void aClosedPeerTellsThatItsMessagesAreLost() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      TestPeer peer = TestPeer.leaf(relay);
      peer.close();
      peer.peer().send(relay.id(), Payload.json("1"));
      assertEquals(new TestPeer.Lost(relay.id(), DropReason.CLOSED), peer.lost());
      peer.peer().send(peer.id(), Payload.json("1"));
      assertEquals(new TestPeer.Lost(peer.id(), DropReason.CLOSED), peer.lost());
    }
  }

  @Test
  void messagesThatWaitForALinkAreLostWhenThePeerIsClosed() throws IOException {
    PeerId to = PeerId.random(new Random(1));
    TestPeer peer = TestPeer.of(builder -> builder);
    peer.peer().send(to, Payload.json("1"));
    peer.close();
    assertEquals(new TestPeer.Lost(to, DropReason.CLOSED), peer.lost());
  }

  @Test
  void closingEndsAllThatWaitsForALink() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      TestPeer peer = TestPeer.leaf(relay);
      PeerId nobody = PeerId.random(new Random(2));
      CompletableFuture<Void> before = peer.peer().connect(nobody);
      peer.close();
      assertClosed(before);
      assertClosed(peer.peer().connect(nobody));
      assertClosed(peer.peer().connect(peer.id()));
    }
  }

  private static void assertClosed(CompletableFuture<Void> connecting) {
    try {
      connecting.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      assertTrue(e.getCause() instanceof ConnectFailedException, String.valueOf(e.getCause()));
      assertEquals(ConnectFailure.CLOSED, ((ConnectFailedException) e.getCause()).failure());
      return;
    }
    throw new AssertionError("connected (expected: CLOSED)");
  }

  @Test
  void connectingWhileAnotherThreadClosesAlwaysEnds() throws IOException {
    PeerId nobody = PeerId.random(new Random(3));
    for (int i = 0; i < 100; i++) {
      TestPeer peer = TestPeer.of(builder -> builder);
      CompletableFuture<Void> closing = CompletableFuture.runAsync(peer::close);
      CompletableFuture<Void> connecting = peer.peer().connect(nobody);
      closing.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
      assertClosed(connecting);
    }
  }

  @Test
  void aPeerThatIsStillDialingLeavesNothingBehind() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      for (int i = 0; i < 200; i++) {
        Peer peer = Peer.builder().bootstrap(relay.url()).start();
        if (i % 4 > 0) {
          // Some are closed before they dial, some while they do, some when they have linked.
          relay.peer().send(peer.id(), Payload.json("1"));
          for (int spin = 0; spin < i * 1_000; spin++) {
            Thread.onSpinWait();
          }
        }
        long startNs = System.nanoTime();
        peer.close();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        assertTrue(tookMs < 1_500, "closing took " + tookMs + " ms");
      }
      relay.awaitLinks(0);
    }
  }

  @Test
  void aServerThatNeverAnswersDoesNotHoldUpClosing() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Peer peer = Peer.builder().bootstrap("ws://127.0.0.1:" + deaf.getLocalPort()).start();
      deaf.accept();
      long startNs = System.nanoTime();
      peer.close();
      assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(2));
    }
  }
}
