package org.peerrelay.transport;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Tells the other end in a header of the WebSocket upgrade whether the dialing node is a relay. The
 * legacy protocol has no word for it, and a relay that came by itself would be taken for a leaf
 * until it first passes something on: nothing would be sent to it for targets behind it. npm peers
 * do not send the header, and ignore it.
 */
final class Role {
  private static final String HEADER = "Peer-Relay-Role";
  private static final String RELAY = "relay";
  private static final String LEAF = "leaf";

  private Role() {}

  static HttpHeaders headers(boolean relay) {
    return new DefaultHttpHeaders().set(HEADER, relay ? RELAY : LEAF);
  }

  /** Whether the dialing node knows this header, and so is none of npm's. */
  static boolean isSaid(HttpHeaders headers) {
    return headers.contains(HEADER);
  }

  static boolean saysRelay(HttpHeaders headers) {
    return headers.contains(HEADER, RELAY, true);
  }
}
