package org.peerrelay.message;

import org.jspecify.annotations.Nullable;

/** What a node on the way of a trace did with it (docs/protocol.md, section 5). */
public enum HopVerdict {
  /** It is the target. */
  ARRIVED(0),
  /** Passed it on over the target's own link. */
  ATTACHED(1),
  /** Passed it on towards the target's id. */
  TOWARDS_TARGET(2),
  /** Passed it on towards the relay that a pointer names. */
  TOWARDS_RELAY(3),
  /** Passed it on in the legacy format, where no trace goes. */
  LEGACY(4),
  /** Dropped it: nothing leads to the target. */
  NO_ROUTE(5),
  /** Dropped it: the target was said to be here, and is not. */
  NOT_HERE(6),
  /** Dropped it: it has no hops left. */
  HOP_LIMIT(7),
  /** Dropped it for another reason. */
  DROPPED(8);

  private final int code;

  HopVerdict(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The verdict with a number; null for one that this version does not know. */
  public static @Nullable HopVerdict of(int code) {
    for (HopVerdict verdict : values()) {
      if (verdict.code == code) {
        return verdict;
      }
    }
    return null;
  }
}
