package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.TestPeer;

/** Messages get past a relay that swallows them; over real sockets. */
class PeerTriesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Payload HELLO = Payload.json("\"hello\"");

  private SwallowingProxy proxy;
  private TestPeer swallowing;
  private TestPeer near;
  private TestPeer honest;
  private TestPeer alice;
  private TestPeer bob;

  /** Bob is at two relays, and prefers the one that will swallow what alice's relay sends it. */
  @BeforeEach
  void start() throws Exception {
    proxy = new SwallowingProxy();
    swallowing = TestPeer.of(builder -> builder.listen(TestPeer.anyPort()).advertise(proxy.url()));
    proxy.begin(swallowing.address());
    near = TestPeer.relay(proxy.url());
    near.awaitLink(swallowing);
    honest = TestPeer.relay(near.url());
    honest.awaitLink(near);
    Identity preferring = identityNearerTo(swallowing.id(), honest.id());
    bob =
        TestPeer.of(
            builder -> builder.identity(preferring).bootstrap(proxy.url()).bootstrap(honest.url()));
    bob.awaitLink(swallowing);
    bob.awaitLink(honest);
    alice = TestPeer.leaf(near);
    awaitWayOver(swallowing.id());
  }

  private static Identity identityNearerTo(PeerId nearer, PeerId farther) {
    Identity identity;
    do {
      identity = Identity.generate(new SecureRandom());
    } while (identity.id().compareDistance(nearer, farther) > 0);
    return identity;
  }

  /** Waits until messages from alice to bob go over {@code relay}. */
  private void awaitWayOver(PeerId relay) throws Exception {
    for (int i = 0; i < 1_000; i++) {
      List<TraceHop> hops = alice.peer().trace(bob.id(), Duration.ofSeconds(1)).get();
      if (hops.size() == 3 && hops.get(1).node().equals(relay)) {
        return;
      }
    }
    throw new AssertionError("no way over " + relay);
  }

  @AfterEach
  void stop() throws IOException {
    for (TestPeer peer : List.of(alice, bob, honest, near, swallowing)) {
      peer.close();
    }
    proxy.close();
  }

  @Test
  void whatTheStraightWaySwallowsArrivesOnceByAnother() throws Exception {
    Acknowledgement straight =
        alice.peer().sendAcknowledged(bob.id(), HELLO, LONG, 4).get(20, TimeUnit.SECONDS);
    assertEquals(1, straight.tries());
    assertEquals(new TestPeer.Received(alice.id(), HELLO), bob.receive());
    proxy.swallow();

    CompletableFuture<Duration> once =
        alice.peer().sendAcknowledged(bob.id(), HELLO, Duration.ofMillis(300));
    ExecutionException silence = assertThrows(ExecutionException.class, once::get);
    assertInstanceOf(TimeoutException.class, silence.getCause());
    assertEquals(0, bob.waiting());

    Payload other = Payload.json("\"another way\"");
    Acknowledgement told =
        alice
            .peer()
            .sendAcknowledged(bob.id(), other, Duration.ofSeconds(4), 4)
            .get(20, TimeUnit.SECONDS);
    assertTrue(told.tries() > 1, told.toString());
    assertEquals(new TestPeer.Received(alice.id(), other), bob.receive());
    assertEquals(0, bob.waiting());
  }

  @Test
  void asManyTriesAsAreRefusedFailAtOnce() {
    PeerId nobody = new PeerId(1, 2, 3);
    CompletableFuture<Acknowledgement> refused =
        alice.peer().sendAcknowledged(nobody, HELLO, Duration.ofMinutes(10), Peer.MAX_TRIES);
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> refused.get(20, TimeUnit.SECONDS));
    UndeliverableException why = assertInstanceOf(UndeliverableException.class, failed.getCause());
    assertEquals(DropReason.NO_ROUTE, why.reason());
  }

  @Test
  void thereAreSixteenTriesAtMost() {
    for (int tries : List.of(0, Peer.MAX_TRIES + 1)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> alice.peer().sendAcknowledged(bob.id(), HELLO, LONG, tries));
    }
  }
}
