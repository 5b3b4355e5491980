package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerrelay.id.PeerId;
import org.peerrelay.rate.TokenBucket;

/**
 * A link with a member, or one that may come about. Its state is owned by {@link Links}; what is
 * below by the part of gossip that is named there.
 */
final class Link {
  /** How far it has come. */
  enum State {
    /** We have asked. */
    ASKED,
    /** We have agreed, and nothing has come since. */
    ACCEPTED,
    /** Both know that both have agreed. */
    UP
  }

  final PeerId peer;

  /** Whether this peer has asked first, and drawn the other itself. */
  final boolean drawn;

  State state;

  /** When it came into its state. */
  long sinceNs;

  long heardNs;

  /** When the next sign of life is due. */
  long aliveNs;

  /** What the other end may send. */
  final TokenBucket bytesIn;

  final TokenBucket framesIn;

  /** What is pushed to it, and what it is answered. */
  final TokenBucket pushOut;

  final TokenBucket answerOut;

  /**
   * Whether it is in the tree: new records are pushed over it, else announced. {@link Spread}'s.
   */
  boolean eager = true;

  /** What is to be pushed soon, and when something was pushed last; {@link Spread}'s. */
  final List<SignedRecord> pushes = new ArrayList<>(0);

  long pushedNs;

  /** What is to be announced, and when; {@link Spread}'s. */
  final Map<RecordKey, Long> announcements = new LinkedHashMap<>(0);

  long announceNs;

  /** Signs of life in a row that told of other records than ours; {@link AntiEntropy}'s. */
  int mismatches;

  /** Whether a comparison is due, and when; {@link AntiEntropy}'s. */
  boolean compares;

  long compareNs;
  long compareGapNs;

  Link(PeerId peer, State state, PresenceConfig config, long nowNs) {
    this.peer = peer;
    this.drawn = state == State.ASKED;
    this.state = state;
    this.sinceNs = nowNs;
    this.heardNs = nowNs;
    this.aliveNs = nowNs;
    this.pushedNs = nowNs - config.gossip().pushGapNs();
    this.compareNs = nowNs;
    this.compareGapNs = config.gossip().compareMinNs();
    BoundConfig bounds = config.bounds();
    this.bytesIn = new TokenBucket(bounds.neighbourBytes());
    this.framesIn = new TokenBucket(bounds.neighbourFrames());
    this.pushOut = new TokenBucket(bounds.pushBytes());
    this.answerOut = new TokenBucket(bounds.answerBytes());
  }

  boolean isUp() {
    return state == State.UP;
  }

  /** Has the two ends compared at {@code atNs}, unless they do so before. */
  void compareAt(long atNs) {
    if (!compares || atNs - compareNs < 0) {
      compares = true;
      compareNs = atNs;
    }
  }
}
