package org.peerrelay.node;

import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.relay.RouterConfig;

/**
 * All constants of a node.
 *
 * @param router bounds of the forwarding plane's memory
 * @param overlay constants of the control plane
 * @param waitingBytes how much the application may send before there is a link; more is told as
 *     undeliverable
 * @param waitingNs how long that waits for a link
 */
public record NodeConfig(
    RouterConfig router, OverlayConfig overlay, int waitingBytes, long waitingNs) {
  private static final int WAITING_BYTES = 4 * 1_024 * 1_024;
  private static final long WAITING_NS = 30_000_000_000L;

  /** For a node that listens and can be dialed. */
  public static final NodeConfig RELAY =
      new NodeConfig(RouterConfig.RELAY, OverlayConfig.RELAY, WAITING_BYTES, WAITING_NS);

  /** For a peer that only sends and receives. */
  public static final NodeConfig LEAF =
      new NodeConfig(RouterConfig.LEAF, OverlayConfig.LEAF, WAITING_BYTES, WAITING_NS);

  /** For a peer that hangs on the one relay it was given. */
  public static final NodeConfig GUEST =
      new NodeConfig(RouterConfig.LEAF, OverlayConfig.GUEST, WAITING_BYTES, WAITING_NS);
}
