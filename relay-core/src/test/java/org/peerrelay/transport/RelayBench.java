package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Refusal;
import org.peerrelay.testing.Changed;

/** A relay, two good peers that must never notice anything, and room for bad ones. */
final class RelayBench implements AutoCloseable {
  final TestPeer relay;
  final TestPeer alice;
  final TestPeer bob;

  RelayBench() throws IOException {
    this(builder -> builder);
  }

  RelayBench(Function<PeerBuilder, PeerBuilder> settings) throws IOException {
    relay = TestPeer.of(builder -> settings.apply(builder.listen(TestPeer.anyPort())));
    alice = TestPeer.leaf(relay);
    bob = TestPeer.leaf(relay);
  }

  /** A transport like the default one, in which handshakes and closing may take less long. */
  static TransportConfig quick(long milliseconds) {
    long timeNs = TimeUnit.MILLISECONDS.toNanos(milliseconds);
    return Changed.in(TransportConfig.DEFAULT, Map.of("handshakeNs", timeNs, "closeNs", timeNs));
  }

  RawClient connect() throws IOException {
    return RawClient.connect(relay.address());
  }

  RawClient webSocket() throws IOException {
    return RawClient.webSocket(relay.address());
  }

  /** A bad peer's link, accepted by the relay. */
  RawClient link(PeerId id) throws IOException {
    RawClient client = RawClient.link(relay.address(), id);
    relay.awaitLinked(id);
    return client;
  }

  Counters.Snapshot counters() {
    return relay.peer().counters();
  }

  long closed(CloseReason reason) {
    return counters().closed().getOrDefault(reason, 0L);
  }

  long dropped(DropReason reason) {
    return counters().dropped().getOrDefault(reason, 0L);
  }

  long refused(Refusal refusal) {
    return counters().refused().getOrDefault(refusal, 0L);
  }

  /** At which address the relay sees the neighbour {@code id}. */
  String address(PeerId id) {
    return relay.peer().status().links().stream()
        .filter(link -> link.peer().equals(id))
        .findAny()
        .orElseThrow()
        .address();
  }

  /** The good peers still reach each other over the links that they had from the beginning. */
  void assertRelays() {
    alice.assertReaches(bob);
    bob.assertReaches(alice);
    assertEquals(1, alice.linksMade());
    assertEquals(1, bob.linksMade());
  }

  @Override
  public void close() {
    alice.close();
    bob.close();
    relay.close();
  }
}
