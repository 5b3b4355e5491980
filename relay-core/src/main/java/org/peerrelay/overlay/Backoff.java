package org.peerrelay.overlay;

import java.util.random.RandomGenerator;

/** Exponential backoff with jitter: the wait doubles with each failure up to a maximum. */
record Backoff(long minNs, long maxNs) {
  /** The wait after {@code failures} failures in a row: between half and all of the nominal one. */
  long delayNs(int failures, RandomGenerator random) {
    long nominalNs = nominalNs(failures);
    return nominalNs / 2 + random.nextLong(nominalNs / 2 + 1);
  }

  /** The longest wait after {@code failures} failures in a row. */
  long nominalNs(int failures) {
    boolean overflows = failures >= Long.numberOfLeadingZeros(minNs) - 1;
    return overflows ? maxNs : Math.min(maxNs, minNs << failures);
  }
}
