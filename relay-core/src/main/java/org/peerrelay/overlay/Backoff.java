package org.peerrelay.overlay;

import java.util.random.RandomGenerator;

/** Exponential backoff with jitter: the wait doubles with each failure up to a maximum. */
record Backoff(long minNs, long maxNs) {
  private static final int MAX_DOUBLINGS = 30;

  /** The wait after {@code failures} failures in a row: between half and all of the nominal one. */
  long delayNs(int failures, RandomGenerator random) {
    int doublings = Math.min(failures, MAX_DOUBLINGS);
    long nominalNs = Math.min(maxNs, minNs << doublings);
    return nominalNs / 2 + random.nextLong(nominalNs / 2 + 1);
  }
}
