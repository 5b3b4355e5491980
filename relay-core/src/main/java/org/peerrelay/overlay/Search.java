package org.peerrelay.overlay;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a node with too few links looks for more: soon after it has lost one, then ever more seldom.
 * Owned by the overlay.
 */
final class Search {
  private final long headStartNs;
  private final Backoff backoff;
  private final RandomGenerator random;
  private @Nullable Long nextNs;
  private int looks;

  Search(long headStartNs, Backoff backoff, RandomGenerator random) {
    this.headStartNs = headStartNs;
    this.backoff = backoff;
    this.random = random;
  }

  /** Whether it is time; if so, this is the look. */
  boolean isDue(long nowNs) {
    Long due = nextNs;
    if (due == null) {
      nextNs = nowNs + headStartNs;
      return false;
    }
    if (nowNs - due < 0) {
      return false;
    }
    nextNs = nowNs + backoff.delayNs(looks++, random);
    return true;
  }

  /** A link with a relay is lost. */
  void onLost(long nowNs) {
    looks = 0;
    nextNs = nowNs + backoff.delayNs(0, random);
  }
}
