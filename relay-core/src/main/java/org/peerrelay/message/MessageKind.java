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
  /** A type that this version does not know: relayed, never interpreted. */
  OTHER
}
