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
  /** Tells a relay who is a member of a swarm. */
  SWARM_PUBLISH,
  /** Tells who has come to a swarm and left it. */
  SWARM_NEWS,
  /** Asks for {@link #SWARM_NEWS}. */
  SWARM_SYNC,
  /** From one member of a swarm to all. */
  SWARM_CAST,
  /** From one member of a swarm to another. */
  SWARM_DATA,
  /** {@link #SWARM_CAST} on its way to a relay that has members. */
  SWARM_FAN_OUT,
  /** A type that this version does not know: relayed, never interpreted. */
  OTHER;

  /** Whether the legacy format has it too. */
  public boolean isLegacy() {
    return compareTo(SIGNAL) <= 0;
  }

  /**
   * Whether many may come at once: what users send, and news of many members. They wait behind
   * those by which nodes know of one another, and are the first to be dropped. So does a question
   * for members: it must not overtake its asker's word that it is one, or it is a stranger's.
   */
  public boolean isBulk() {
    return switch (this) {
      case USER, SWARM_PUBLISH, SWARM_NEWS, SWARM_SYNC, SWARM_CAST, SWARM_DATA, SWARM_FAN_OUT ->
          true;
      default -> false;
    };
  }

  /**
   * Whether a copy of one does no more than another one would: what two neighbours tell and ask one
   * another to know who is where. Nobody needs to remember those.
   */
  public boolean isRepeatable() {
    return switch (this) {
      case FIND_PEERS, FOUND_PEERS, POINTER, LOCATE, SWARM_PUBLISH, SWARM_NEWS, SWARM_SYNC -> true;
      default -> false;
    };
  }
}
