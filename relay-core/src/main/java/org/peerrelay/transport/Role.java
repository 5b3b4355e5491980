package org.peerrelay.transport;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Tells the other end in a header of the WebSocket upgrade that the dialing node is a relay. The
 * legacy protocol has no word for it, and a relay that came by itself would be taken for a leaf
 * until it first passes something on: nothing would be sent to it for targets behind it. npm peers
 * ignore the header.
 */
final class Role {
  private static final String HEADER = "Peer-Relay-Role";
  private static final String RELAY = "relay";

  private Role() {}

  static HttpHeaders headers(boolean relay) {
    HttpHeaders headers = new DefaultHttpHeaders();
    return relay ? headers.set(HEADER, RELAY) : headers;
  }

  static boolean saysRelay(HttpHeaders headers) {
    return headers.contains(HEADER, RELAY, true);
  }
}
