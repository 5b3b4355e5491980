package org.peerrelay.relay;

/** Which wire format a link speaks. */
public enum LinkFormat {
  /** npm peer-relay's JSON. The neighbour's id is what it says it is. */
  LEGACY,
  /** Protocol 2. The neighbour has proven its id. */
  BINARY
}
