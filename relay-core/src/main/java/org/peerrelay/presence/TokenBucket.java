package org.peerrelay.presence;

/** A budget that refills at a {@link Rate} and begins full. Owned by whoever made it. */
final class TokenBucket {
  private static final long NS_PER_S = 1_000_000_000L;

  /** A budget of any rate is full after so long; and no product below overflows. */
  private static final long MAX_ELAPSED_NS = 8 * NS_PER_S;

  private final Rate rate;
  private long tokens;

  /** What has come back beyond whole tokens, in tokens times nanoseconds per second. */
  private long fraction;

  private long filledNs;

  TokenBucket(Rate rate, long nowNs) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.filledNs = nowNs;
  }

  /** Whether there are so many. */
  boolean has(long amount, long nowNs) {
    fill(nowNs);
    return tokens >= amount;
  }

  /** Takes so many if they are there; tells whether they were. */
  boolean take(long amount, long nowNs) {
    boolean there = has(amount, nowNs);
    if (there) {
      tokens -= amount;
    }
    return there;
  }

  boolean isFull(long nowNs) {
    fill(nowNs);
    return tokens == rate.burst();
  }

  private void fill(long nowNs) {
    long elapsedNs = nowNs - filledNs;
    if (elapsedNs <= 0) {
      return;
    }
    filledNs = nowNs;
    for (long leftNs = elapsedNs; leftNs > 0 && tokens < rate.burst(); leftNs -= MAX_ELAPSED_NS) {
      long back = fraction + Math.min(leftNs, MAX_ELAPSED_NS) * rate.perS();
      tokens = Math.min(rate.burst(), tokens + back / NS_PER_S);
      fraction = back % NS_PER_S;
    }
    if (tokens == rate.burst()) {
      fraction = 0;
    }
  }
}
