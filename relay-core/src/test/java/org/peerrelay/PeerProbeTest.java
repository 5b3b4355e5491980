package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.transport.Datagrams;
import org.peerrelay.transport.RawClient;
import org.peerrelay.transport.TestPeer;

/** What a sender learns of its datagrams, and a receiver of their authors, over several relays. */
class PeerProbeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Payload HELLO = Payload.json("\"hello\"");

  private record Told(PeerId from, Provenance provenance) {}

  private RelayMesh mesh;
  private TestPeer alice;
  private TestPeer bob;
  private PeerId nobody;

  @BeforeEach
  void start() throws IOException {
    mesh = RelayMesh.of(4);
    alice = mesh.leaf(1);
    bob = mesh.leaf(2);
    alice.awaitReached(bob);
    nobody = nobodyNearTo(mesh.relay(3).id());
  }

  /** An id that is nearer to the last relay than to any other. */
  private static PeerId nobodyNearTo(PeerId relay) {
    return new PeerId(relay.high(), relay.middle(), relay.low() ^ 1);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  private static DropReason reason(CompletableFuture<Duration> probe) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> probe.get(20, TimeUnit.SECONDS));
    return assertInstanceOf(UndeliverableException.class, failed.getCause()).reason();
  }

  @Test
  void anUnknownIdIsReportedFromTheRelayNearestToIt() {
    alice.peer().send(nobody, HELLO);
    assertEquals(new TestPeer.Lost(nobody, DropReason.NO_ROUTE), alice.lost());
    assertEquals(
        DropReason.NO_ROUTE, reason(alice.peer().sendAcknowledged(nobody, HELLO, TIMEOUT)));
    assertEquals(DropReason.NO_ROUTE, reason(alice.peer().ping(nobody, TIMEOUT)));
    assertTrue(
        mesh.relay(3).peer().counters().dropped().getOrDefault(DropReason.NO_ROUTE, 0L) >= 3);
  }

  @Test
  void aMessageIsAcknowledged() throws Exception {
    Duration time =
        alice.peer().sendAcknowledged(bob.id(), HELLO, TIMEOUT).get(20, TimeUnit.SECONDS);
    assertTrue(time.compareTo(TIMEOUT) < 0, time.toString());
    assertEquals(new TestPeer.Received(alice.id(), HELLO), bob.receive());
  }

  @Test
  void aTraceShowsEachHopInOrder() throws Exception {
    List<TraceHop> hops = alice.peer().trace(bob.id(), TIMEOUT).get(20, TimeUnit.SECONDS);
    assertEquals(3, hops.size(), hops.toString());
    assertHop(hops.get(0), 1, mesh.relay(1).id(), HopVerdict.TOWARDS_RELAY, mesh.relay(2).id());
    assertHop(hops.get(1), 2, mesh.relay(2).id(), HopVerdict.ATTACHED, bob.id());
    assertHop(hops.get(2), 3, bob.id(), HopVerdict.ARRIVED, null);
  }

  @Test
  void aTraceToNobodyEndsWhereItEnds() throws Exception {
    List<TraceHop> hops = alice.peer().trace(nobody, TIMEOUT).get(20, TimeUnit.SECONDS);
    TraceHop last = hops.get(hops.size() - 1);
    assertHop(last, hops.size(), mesh.relay(3).id(), HopVerdict.NO_ROUTE, null);
    assertHop(hops.get(0), 1, mesh.relay(1).id(), HopVerdict.TOWARDS_TARGET, mesh.relay(3).id());
  }

  private static void assertHop(
      TraceHop hop, int number, PeerId node, HopVerdict verdict, @Nullable PeerId next) {
    assertEquals(number, hop.hop(), hop.toString());
    assertEquals(node, hop.node(), hop.toString());
    assertEquals(verdict, hop.verdict(), hop.toString());
    assertEquals(next, hop.next(), hop.toString());
  }

  @Test
  void provenanceTellsHowFarTheAuthorIsKnown() throws Exception {
    BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    try (Peer carol =
            Peer.builder()
                .listen(TestPeer.anyPort())
                .bootstrap(mesh.relay(0).url())
                .onMessage((from, payload, provenance) -> told.add(new Told(from, provenance)))
                .start();
        TestPeer dave = TestPeer.of(builder -> builder.bootstrap(url(carol)));
        RawClient near = RawClient.link(Objects.requireNonNull(carol.address()), id(1));
        RawClient far = RawClient.link(mesh.relay(1).address(), id(2))) {
      dave.awaitLinked(carol.id());
      mesh.relays.forEach(relay -> relay.awaitLinked(carol.id()));
      dave.peer().send(carol.id(), HELLO);
      assertEquals(new Told(dave.id(), Provenance.VERIFIED), told.poll(20, TimeUnit.SECONDS));
      alice.peer().send(carol.id(), HELLO);
      assertEquals(new Told(alice.id(), Provenance.CLAIMED), told.poll(20, TimeUnit.SECONDS));
      near.text(Datagrams.user(id(1), carol.id(), "1"));
      assertEquals(new Told(id(1), Provenance.UNVERIFIED), told.poll(20, TimeUnit.SECONDS));
      far.text(Datagrams.user(id(2), carol.id(), "1"));
      assertEquals(new Told(id(2), Provenance.UNVERIFIED), told.poll(20, TimeUnit.SECONDS));
    }
  }

  private static PeerId id(long seed) {
    return PeerId.random(new Random(seed));
  }

  private static String url(Peer peer) {
    return Objects.requireNonNull(peer.url());
  }
}
