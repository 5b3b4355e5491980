package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.Neighbours.Claim;
import org.peerrelay.relay.Link;

/** Two ends that prove their ids dial each other at once: one link is left, the same at both. */
class CrossedProvenLinksTest {
  private static final OverlayConfig CONFIG = OverlayConfig.RELAY;

  /** One of the two connections: the acceptor claims first, then its proof reaches the dialer. */
  private static final class Connection {
    final End dialer;
    final End acceptor;
    final TestLink atDialer;
    final TestLink atAcceptor;

    Connection(End dialer, End acceptor) {
      this.dialer = dialer;
      this.acceptor = acceptor;
      this.atDialer = TestLink.binary(acceptor.id, "ws://there.example", 0);
      this.atAcceptor = TestLink.binary(dialer.id, null, 0);
    }

    boolean accepted;
    boolean done;
    boolean lost;
  }

  private static final class End {
    final PeerId id;
    final Neighbours neighbours;

    End(PeerId id) {
      this.id = id;
      this.neighbours = new Neighbours(id, CONFIG, new RecordingEffects());
    }
  }

  private final List<Connection> connections = new ArrayList<>();
  private long nowNs;

  /**
   * The next claim of a connection; tells whether there was one.
   *
   * @param late whether an end learns only in the end that the other has closed a link
   */
  private boolean step(Connection connection, boolean late) {
    if (connection.done || (connection.lost && !late)) {
      return false;
    }
    nowNs += TimeUnit.MILLISECONDS.toNanos(40);
    connection.done = connection.accepted;
    connection.accepted = true;
    End end = connection.done ? connection.dialer : connection.acceptor;
    TestLink link = connection.done ? connection.atDialer : connection.atAcceptor;
    Link holder = end.neighbours.link(link.peer());
    Claim claim = end.neighbours.claim(link, nowNs);
    if (claim == Claim.REPLACES) {
      connections.stream()
          .filter(other -> other.atDialer == holder || other.atAcceptor == holder)
          .forEach(other -> lose(other, late));
    } else if (claim != Claim.ACCEPTED) {
      // Who is refused gets no proof.
      connection.done = true;
      lose(connection, late);
    }
    return true;
  }

  private static void lose(Connection connection, boolean late) {
    connection.lost = true;
    if (!late) {
      bothLearn(connection);
    }
  }

  private static void bothLearn(Connection connection) {
    connection.dialer.neighbours.remove(connection.atDialer);
    connection.acceptor.neighbours.remove(connection.atAcceptor);
  }

  private void assertOneIsLeft(PeerId smaller, PeerId larger, int order, boolean late) {
    connections.clear();
    End first = new End(smaller);
    End second = new End(larger);
    Connection bySmaller = new Connection(first, second);
    Connection byLarger = new Connection(second, first);
    connections.addAll(List.of(bySmaller, byLarger));
    for (int turns = order; turns > 1; turns >>= 1) {
      step((turns & 1) == 0 ? bySmaller : byLarger, late);
    }
    while (step(bySmaller, late) || step(byLarger, late)) {
      // until both are done
    }
    connections.stream()
        .filter(connection -> connection.lost)
        .forEach(CrossedProvenLinksTest::bothLearn);
    String what = "order " + Integer.toBinaryString(order) + (late ? ", late" : "");
    assertSame(bySmaller.atDialer, first.neighbours.link(larger), what);
    assertSame(bySmaller.atAcceptor, second.neighbours.link(smaller), what);
  }

  @Test
  void theLinkThatTheSmallerIdDialedIsLeftInEveryOrder() {
    Random random = new Random(11);
    for (int ids = 0; ids < 20; ids++) {
      PeerId one = PeerId.random(random);
      PeerId other = PeerId.random(random);
      boolean sorted = one.compareTo(other) < 0;
      for (int order = 1; order < 32; order++) {
        assertOneIsLeft(sorted ? one : other, sorted ? other : one, order, false);
        assertOneIsLeft(sorted ? one : other, sorted ? other : one, order, true);
      }
    }
  }

  @Test
  void aNewLinkOfTheSameDirectionIsNoCrossing() {
    End end = new End(new PeerId(1, 0, 0));
    PeerId peer = new PeerId(2, 0, 0);
    TestLink first = TestLink.binary(peer, null, 0);
    assertEquals(Claim.ACCEPTED, end.neighbours.claim(first, nowNs));
    assertEquals(Claim.REFUSED, end.neighbours.claim(TestLink.binary(peer, null, 0), nowNs));
    nowNs += CONFIG.replaceNs();
    assertEquals(Claim.REPLACES, end.neighbours.claim(TestLink.binary(peer, null, 0), nowNs));
  }

  @Test
  void longAfterwardsTheYoungerLinkCountsWhoeverDialed() {
    for (PeerId self : List.of(new PeerId(1, 0, 0), new PeerId(3, 0, 0))) {
      End end = new End(self);
      PeerId peer = new PeerId(2, 0, 0);
      assertEquals(Claim.ACCEPTED, end.neighbours.claim(TestLink.binary(peer, null, 0), nowNs));
      TestLink younger = TestLink.binary(peer, "ws://there.example", 0);
      assertEquals(Claim.REPLACES, end.neighbours.claim(younger, nowNs + CONFIG.crossingNs()));
      assertSame(younger, Objects.requireNonNull(end.neighbours.link(peer)));
    }
  }
}
