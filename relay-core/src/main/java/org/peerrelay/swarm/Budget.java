package org.peerrelay.swarm;

import java.util.concurrent.TimeUnit;

/** So much in a second, and so much at once: a token bucket. Owned by who keeps it. */
final class Budget {
  private static final double WINDOW_NS = TimeUnit.SECONDS.toNanos(1);

  private final double perS;
  private final int most;
  private double left;
  private long filledNs;

  /**
   * A full one.
   *
   * @param perS how much comes back in a second
   * @param most how much there is at most
   */
  Budget(double perS, int most, long nowNs) {
    this.perS = perS;
    this.most = most;
    this.left = most;
    this.filledNs = nowNs;
  }

  /**
   * Takes {@code count}, if as much is left; or all of it, if it is full and that is not enough.
   */
  boolean take(int count, long nowNs) {
    int taken = Math.min(count, most);
    if (left(nowNs) < taken) {
      return false;
    }
    left -= taken;
    return true;
  }

  /** How much is left. */
  int left(long nowNs) {
    left = Math.min(most, left + (nowNs - filledNs) * perS / WINDOW_NS);
    filledNs = nowNs;
    return (int) left;
  }

  /** Whether it is full again, so that it need not be kept. */
  boolean isFull(long nowNs) {
    return left(nowNs) >= most;
  }
}
