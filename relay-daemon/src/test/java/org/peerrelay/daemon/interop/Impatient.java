package org.peerrelay.daemon.interop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.testing.Changed;

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
    OverlayConfig quick =
        Changed.in(
            config.overlay(),
            Map.of(
                "redialMinNs", TimeUnit.MILLISECONDS.toNanos(10),
                "redialMaxNs", TimeUnit.MILLISECONDS.toNanos(100)));
    return Changed.in(config, Map.of("overlay", quick));
  }
}
