package org.peerrelay.message;

/** What a datagram is for. Relays look at little else of its content. */
public enum MessageKind {
  /** An application's message. */
  USER,
  /** Asks for the ids nearest to a target. */
  FIND_PEERS,
  /** Answers {@link #FIND_PEERS}. */
  FOUND_PEERS,
  /** Offers a direct link. */
  HANDSHAKE_OFFER,
  /** Answers {@link #HANDSHAKE_OFFER} with the ways to be reached. */
  HANDSHAKE_ANSWER,
  /** A step of WebRTC signalling between two peers. */
  SIGNAL,
  /** Tells a sender that a datagram of its went no further. */
  NOTICE,
  /** Tells a relay where a peer is. */
  POINTER,
  /** Asks a relay where a peer is. */
  LOCATE,
  /** Answers {@link #LOCATE}. */
  LOCATED,
  /** Asks the target to answer. */
  PING,
  /** Answers {@link #PING}, or a user's datagram whose author wants to know that it arrived. */
  PONG,
  /** Asks every node on the way to report itself. */
  TRACE,
  /** Answers {@link #TRACE}. */
  TRACE_HOP,
  /** A type that this version does not know: relayed, never interpreted. */
  OTHER;

  /** Whether the legacy format has it too. */
  public boolean isLegacy() {
    return compareTo(SIGNAL) <= 0;
  }

  /**
   * Whether a copy of one does no more than another one would: what two neighbours tell and ask one
   * another to know who is where. Nobody needs to remember those.
   */
  public boolean isRepeatable() {
    return this == FIND_PEERS || this == FOUND_PEERS || this == POINTER || this == LOCATE;
  }
}
