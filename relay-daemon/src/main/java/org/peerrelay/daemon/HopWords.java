package org.peerrelay.daemon;

import org.peerrelay.message.HopVerdict;

/** What a node on the way of a trace did, in words. */
final class HopWords {
  private HopWords() {}

  /** After the node's id. */
  static String of(HopVerdict verdict) {
    return switch (verdict) {
      case ARRIVED -> "is the target";
      case ATTACHED -> "passed it on over the target's own link";
      case TOWARDS_TARGET -> "passed it on towards the target's id";
      case TOWARDS_RELAY -> "passed it on towards the target's relay";
      case LEGACY -> "passed it on in the legacy format";
      case NO_ROUTE -> "dropped it: nothing leads to the target";
      case NOT_HERE -> "dropped it: the target was said to be here, and is not";
      case HOP_LIMIT -> "dropped it: it has no hops left";
      case DROPPED -> "dropped it";
    };
  }
}
