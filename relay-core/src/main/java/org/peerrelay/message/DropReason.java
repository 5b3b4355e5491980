package org.peerrelay.message;

/** Why a datagram went no further. Every drop has one of these names, and each has a counter. */
public enum DropReason {
  /** The frame is JSON, but not a datagram: a member is missing, doubled or of the wrong type. */
  MALFORMED,
  /** It is for this node, and of a type that this version does not know. */
  UNKNOWN_TYPE,
  /** JSON nested deeper than a JavaScript relay could write out again. */
  TOO_DEEP,
  /** The payload is larger than a datagram may carry. */
  TOO_LARGE,
  /** The path does not begin with the author or does not end with the link it came over. */
  FORGED_PATH,
  /** The author is not the peer whose link it came over. */
  FORGED_AUTHOR,
  /** It has met as many nodes as it may. */
  HOP_LIMIT,
  /** It has been here, or at its target, before. */
  LOOP,
  /** Another copy of it came first. */
  DUPLICATE,
  /** Its sender sends more than it may. */
  RATE_LIMITED,
  /** No link leads towards its target. */
  NO_ROUTE,
  /** This relay was to have its target, by a pointer that no longer holds. */
  NOT_HERE,
  /** A WebRTC signal for a peer that has not shown that it knows WebRTC, which would crash it. */
  NO_WEBRTC,
  /** The next link's queue is full: the receiver reads too slowly. */
  QUEUE_FULL,
  /** Sent before there was any link, and the waiting room was full or the wait too long. */
  NO_LINK,
  /** The node or the link it waited on has closed. */
  CLOSED
}
