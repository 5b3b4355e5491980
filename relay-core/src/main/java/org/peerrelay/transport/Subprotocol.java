package org.peerrelay.transport;

/** The WebSocket subprotocol of protocol 2 (docs/protocol.md, section 1). */
final class Subprotocol {
  static final String NAME = "peer-relay.2";

  private Subprotocol() {}
}
