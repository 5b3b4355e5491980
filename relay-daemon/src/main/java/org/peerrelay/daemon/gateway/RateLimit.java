package org.peerrelay.daemon.gateway;

import java.util.concurrent.TimeUnit;

/** How often something may happen: so often in a second, and also at once. Not thread-safe. */
final class RateLimit {
  private static final long BURST_NS = TimeUnit.SECONDS.toNanos(1);

  private final long intervalNs;

  /** When all that has happened would have, at a steady pace. */
  private long doneNs;

  RateLimit(int perS, long nowNs) {
    this.intervalNs = BURST_NS / perS;
    this.doneNs = nowNs;
  }

  /** Whether it may happen once more; if so, it counts. */
  boolean allows(long nowNs) {
    if (doneNs - nowNs < 0) {
      doneNs = nowNs;
    }
    if (doneNs - nowNs > BURST_NS - intervalNs) {
      return false;
    }
    doneNs += intervalNs;
    return true;
  }
}
