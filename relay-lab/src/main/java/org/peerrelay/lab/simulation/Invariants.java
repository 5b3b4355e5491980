package org.peerrelay.lab.simulation;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.Pointer;
import org.peerrelay.node.NodeConfig;

/** What must hold of every node at any time, checked now and then. */
final class Invariants {
  /** A relay may publish for a peer until it notices that the peer is gone. */
  static final long LATE_NS = 120_000_000_000L;

  private static final long S = 1_000_000_000L;

  /** How long after a peer has gone nobody may say where it is. */
  static final long POINTERS_GONE_NS =
      NodeConfig.LEAF.overlay().pointers().lifetimeS() * S + LATE_NS;

  private final Network network;
  private final Nodes nodes;

  Invariants(Network network, Nodes nodes) {
    this.network = network;
    this.nodes = nodes;
  }

  /** Checks all nodes. */
  void check() {
    nodes.relays().forEach(this::checkRelay);
    int pointers = NodeConfig.LEAF.router().pointerEntries();
    nodes.peers().forEach(host -> checkBound(host, pointers));
  }

  private void checkRelay(Host host) {
    checkBound(host, NodeConfig.RELAY.router().pointerEntries());
    long nowNs = network.nowNs();
    for (Pointer pointer : host.node().router().pointers().held(this::isLongGone, nowNs)) {
      violation("relay " + host.id() + " still points to " + pointer.peer() + ", which is gone");
    }
  }

  private boolean isLongGone(PeerId peer) {
    Long goneNs = nodes.goneNs(peer);
    return goneNs != null && network.nowNs() - goneNs > POINTERS_GONE_NS;
  }

  private void checkBound(Host host, int most) {
    int pointers = host.node().router().pointers().size();
    if (pointers > most) {
      violation("node " + host.id() + " holds " + pointers + " pointers (expected: " + most + ")");
    }
  }

  private void violation(String what) {
    network.tallies().violation(network.nowNs(), what);
  }
}
