package org.peerrelay.rate;

import java.util.concurrent.TimeUnit;

/**
 * What may still come at a {@link Rate}: it begins full, and refills steadily. Not thread-safe.
 * Times are of any clock that does not go back, such as {@link System#nanoTime}.
 */
public final class TokenBucket {
  private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final Rate rate;
  private double tokens;

  /** When it held so many. Nothing while it is full: a full one has no time. */
  private long filledNs;

  /** A full one. */
  public TokenBucket(Rate rate) {
    this.rate = rate;
    this.tokens = rate.burst();
  }

  /** Takes one, if it is there; tells whether it was. */
  public boolean take(long nowNs) {
    return take(1, nowNs);
  }

  /**
   * Takes {@code count}, if as many are there; tells whether they were. What is more than ever fits
   * takes a full bucket, else it could never come.
   */
  public boolean take(long count, long nowNs) {
    long taken = Math.min(count, rate.burst());
    if (tokens(nowNs) < taken) {
      return false;
    }
    tokens -= taken;
    return true;
  }

  /** How many are there. */
  public long tokens(long nowNs) {
    boolean full = tokens == rate.burst();
    long elapsedNs = full ? 0 : nowNs - filledNs;
    if (elapsedNs > 0) {
      tokens = Math.min(rate.burst(), tokens + elapsedNs * rate.perS() / SECOND_NS);
    }
    if (full || elapsedNs > 0) {
      filledNs = nowNs;
    }
    return (long) tokens;
  }

  /** Whether it is full, so that a new one would do. */
  public boolean isFull(long nowNs) {
    return tokens(nowNs) == rate.burst();
  }
}
