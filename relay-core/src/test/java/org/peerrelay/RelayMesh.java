package org.peerrelay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.peerrelay.transport.TestPeer;

/** Relays on loopback, all bootstrapped to the first, that have linked with one another. */
final class RelayMesh implements AutoCloseable {
  final List<TestPeer> relays = new ArrayList<>();
  private final List<TestPeer> others = new ArrayList<>();

  /** Starts relays and waits until each is linked with all others. */
  static RelayMesh of(int relayCount) throws IOException {
    RelayMesh mesh = new RelayMesh();
    for (int i = 0; i < relayCount; i++) {
      mesh.relays.add(i == 0 ? TestPeer.relay() : TestPeer.relay(mesh.relays.get(0).url()));
    }
    for (TestPeer relay : mesh.relays) {
      for (TestPeer other : mesh.relays) {
        if (relay != other) {
          relay.awaitLinked(other.id());
        }
      }
    }
    return mesh;
  }

  TestPeer relay(int index) {
    return relays.get(index % relays.size());
  }

  /** A leaf that is linked with the relays of the given numbers. */
  TestPeer leaf(int... relayNumbers) throws IOException {
    List<TestPeer> at = new ArrayList<>();
    for (int number : relayNumbers) {
      at.add(relay(number));
    }
    return opened(TestPeer.leaf(at.toArray(new TestPeer[0])));
  }

  /** A relay that listens on any address, and so does not know a URL at which it can be dialed. */
  TestPeer relayWithoutUrl(String bootstrap) throws IOException {
    return opened(
        TestPeer.of(builder -> builder.listen(new InetSocketAddress(0)).bootstrap(bootstrap)));
  }

  /** The URL of a relay on this machine that does not know it. */
  static String urlOf(TestPeer relay) {
    return "ws://127.0.0.1:" + relay.address().getPort();
  }

  /** Closes {@code peer} when the mesh is closed, if it has not been before. */
  TestPeer opened(TestPeer peer) {
    others.add(peer);
    return peer;
  }

  @Override
  public void close() {
    Collections.reverse(others);
    others.forEach(TestPeer::close);
    Collections.reverse(relays);
    relays.forEach(TestPeer::close);
  }
}
