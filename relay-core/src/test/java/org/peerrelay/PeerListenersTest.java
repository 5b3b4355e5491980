package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.TestPeer;

/** What listeners may do, and what becomes of those that throw. */
class PeerListenersTest {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private TestPeer relay;
  private TestPeer bob;

  @BeforeEach
  void start() throws IOException {
    relay = TestPeer.relay();
    bob = TestPeer.leaf(relay);
  }

  @AfterEach
  void stop() {
    bob.close();
    relay.close();
  }

  private void assertNext(String expected) throws InterruptedException {
    assertEquals(expected, events.poll(20, TimeUnit.SECONDS));
  }

  @RepeatedTest(20)
  void aMessageSentInTheMomentOfTheFirstLinkArrives() throws IOException {
    CompletableFuture<Peer> started = new CompletableFuture<>();
    try (Peer alice =
        Peer.builder()
            .bootstrap(relay.url())
            .onPeer(peer -> started.join().send(bob.id(), Payload.json("1")))
            .onUndeliverable((to, reason) -> events.add(reason.name()))
            .start()) {
      started.complete(alice);
      assertEquals(new TestPeer.Received(alice.id(), Payload.json("1")), bob.receive());
      assertEquals(0, events.size());
    }
  }

  @Test
  void aListenerMayAnswerWhatItHears() throws IOException, InterruptedException {
    CompletableFuture<Peer> started = new CompletableFuture<>();
    try (Peer echo =
        Peer.builder()
            .bootstrap(relay.url())
            .onMessage((from, payload) -> started.join().send(from, payload))
            .start()) {
      started.complete(echo);
      relay.awaitLinked(echo.id());
      for (int i = 0; i < 100; i++) {
        Payload payload = Payload.json(Integer.toString(i));
        bob.peer().send(echo.id(), payload);
        assertEquals(new TestPeer.Received(echo.id(), payload), bob.receive());
      }
    }
  }

  @Test
  void linksAreToldOfWhenTheyComeAndWhenTheyGo() throws IOException, InterruptedException {
    try (Peer alice =
        Peer.builder()
            .bootstrap(relay.url())
            .onPeer(peer -> events.add("peer " + peer))
            .onPeerLost(peer -> events.add("lost " + peer))
            .start()) {
      assertNext("peer " + relay.id());
      relay.awaitLinked(alice.id());
      relay.peer().disconnect(alice.id());
      assertNext("lost " + relay.id());
      assertNext("peer " + relay.id());
    }
    assertNext("lost " + relay.id());
  }

  @Test
  void listenersThatThrowStopNothing() throws IOException, InterruptedException {
    try (Peer alice =
        Peer.builder()
            .bootstrap(relay.url())
            .onPeer(peer -> fail("peer"))
            .onPeerLost(peer -> fail("lost"))
            .onMessage((from, payload) -> fail(payload.jsonText()))
            .onUndeliverable((to, reason) -> fail(reason.name()))
            .start()) {
      assertNext("peer");
      relay.awaitLinked(alice.id());
      for (int i = 0; i < 3; i++) {
        bob.peer().send(alice.id(), Payload.json(Integer.toString(i)));
        assertNext(Integer.toString(i));
      }
      alice.send(bob.id(), Payload.json("1"));
      assertEquals(alice.id(), bob.receive().from());
      relay.peer().disconnect(alice.id());
      assertNext("lost");
      assertNext("peer");
      // Bob's link, Alice's, and her second.
      relay.awaitLinksMade(3);
      bob.peer().send(alice.id(), Payload.json("3"));
      assertNext("3");
    }
    assertNext("lost");
  }

  /** As an application may: with an error, and not only with an exception. */
  private void fail(String event) {
    events.add(event);
    throw new AssertionError("part of the test: " + event);
  }

  @Test
  void aListenerThatThrowsLosesOnlyItsOwnMessage() throws IOException, InterruptedException {
    PeerId to = PeerId.random(new Random(1));
    Peer alice = Peer.builder().onUndeliverable((lost, reason) -> fail(reason.name())).start();
    for (int i = 0; i < 3; i++) {
      alice.send(to, Payload.json("1"));
    }
    alice.close();
    for (int i = 0; i < 3; i++) {
      assertNext(DropReason.CLOSED.name());
    }
  }
}
