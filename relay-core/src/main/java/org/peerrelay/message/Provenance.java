package org.peerrelay.message;

/** How far the author of a datagram is known to be who it says it is. */
public enum Provenance {
  /** It came over the author's own link, which has proven the id. */
  VERIFIED,
  /** A relay has passed it on, and can say what it likes. */
  CLAIMED,
  /** The author is a legacy peer: its id is proven by nobody. */
  UNVERIFIED
}
