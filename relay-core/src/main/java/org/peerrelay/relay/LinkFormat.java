package org.peerrelay.relay;

import org.peerrelay.message.MessageKind;

/** Which wire format a link speaks. */
public enum LinkFormat {
  /** npm peer-relay's JSON. The neighbour's id is what it says it is. */
  LEGACY,
  /** Protocol 2. The neighbour has proven its id. */
  BINARY;

  /**
   * Whether datagrams of {@code kind} can go on in it. One of no known kind can only have come in
   * the same format.
   */
  boolean has(MessageKind kind) {
    return this == BINARY || kind.isLegacy() || kind == MessageKind.OTHER;
  }
}
