package org.peerrelay.daemon.interop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.OverlayConfig;

/**
 * Peers that dial a lost bootstrap URL again after milliseconds: what would take minutes shows in
 * one second.
 */
final class Impatient {
  private Impatient() {}

  /** A daemon on the loopback address. */
  static PeerBuilder daemon() {
    return Peer.builder()
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .node(soon(NodeConfig.RELAY));
  }

  /** A peer that only dials. */
  static PeerBuilder leaf() {
    return Peer.builder().node(soon(NodeConfig.LEAF));
  }

  private static NodeConfig soon(NodeConfig config) {
    OverlayConfig slow = config.overlay();
    OverlayConfig quick =
        new OverlayConfig(
            slow.relayLinks(),
            TimeUnit.MILLISECONDS.toNanos(10),
            TimeUnit.MILLISECONDS.toNanos(100),
            slow.handshakeNs(),
            slow.avoidNs(),
            slow.maxAvoided(),
            slow.maxCandidates(),
            slow.pingAfterNs(),
            slow.deadAfterNs(),
            slow.probeNs(),
            slow.crossingNs(),
            slow.replaceNs(),
            slow.maxProven(),
            slow.refreshNs(),
            slow.pointers(),
            slow.probes(),
            slow.known(),
            slow.table());
    return new NodeConfig(config.router(), quick, config.waitingBytes(), config.waitingNs());
  }
}
