package org.peerrelay.lab.simulation;

import java.util.Arrays;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Pointer;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.TableConfig;
import org.peerrelay.relay.Link;

/** What must hold of every node at any time, checked now and then. */
final class Invariants {
  /** A relay may publish for a peer until it notices that the peer is gone. */
  static final long LATE_NS = 120_000_000_000L;

  private static final long S = 1_000_000_000L;

  /** How long after a peer has gone nobody may say where it is. */
  static final long POINTERS_GONE_NS =
      NodeConfig.LEAF.overlay().pointers().lifetimeS() * S + LATE_NS;

  private static final TableConfig TABLE = NodeConfig.RELAY.overlay().table();

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
    nodes.peers().forEach(host -> checkPointers(host, pointers));
  }

  private void checkRelay(Host host) {
    checkPointers(host, NodeConfig.RELAY.router().pointerEntries());
    checkLinks(host);
    for (Pointer pointer : host.node().router().pointers().held(peer -> true, network.nowNs())) {
      checkAge(host, pointer);
      if (isLongGone(pointer.peer())) {
        violation("relay " + host.id() + " still points to " + pointer.peer() + ", which is gone");
      }
    }
  }

  /**
   * Who holds a pointer knows how old it is. So it ends everywhere when its lifetime is over, also
   * where nobody can wait for that. Of what is not signed anybody may say when it was issued.
   */
  private void checkAge(Host host, Pointer pointer) {
    long ageNs = network.nowNs() - HostTransport.issuedNs(pointer);
    long knownNs = host.node().router().pointers().ageS(pointer.peer(), network.nowNs()) * S;
    if (pointer.isSigned() && ageNs - knownNs > LATE_NS) {
      violation("relay " + host.id() + " takes a pointer to " + pointer.peer() + " for young");
    }
  }

  /** Links in each bucket of the table, those that came as near ones among them, and spares. */
  private void checkLinks(Host host) {
    int[] buckets = new int[PeerId.BITS + 1];
    int spares = 0;
    for (Link link : host.node().router().links()) {
      if (link.inTable()) {
        buckets[host.id().commonPrefixBits(link.peer())]++;
      } else if (link.inside()) {
        spares++;
      }
    }
    int most = Arrays.stream(buckets).max().orElse(0);
    checkBound(host, "links in a bucket", most, TABLE.maxBucketLinks() + TABLE.nearLinks());
    checkBound(host, "spare links", spares, TABLE.maxSpares());
  }

  private boolean isLongGone(PeerId peer) {
    Long goneNs = nodes.goneNs(peer);
    return goneNs != null && network.nowNs() - goneNs > POINTERS_GONE_NS;
  }

  private void checkPointers(Host host, int most) {
    checkBound(host, "pointers", host.node().router().pointers().size(), most);
  }

  private void checkBound(Host host, String what, int count, int most) {
    if (count > most) {
      violation("node " + host.id() + " has " + count + " " + what + " (expected: " + most + ")");
    }
  }

  private void violation(String what) {
    network.tallies().violation(network.nowNs(), what);
  }
}
