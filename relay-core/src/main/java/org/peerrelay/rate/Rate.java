package org.peerrelay.rate;

/**
 * How much may come in a second, and at once.
 *
 * @param perS what comes back to the bucket each second
 * @param burst what is in it when it is full
 */
public record Rate(double perS, int burst) {
  private static final int MAX = 1 << 30;

  /** Checks the ranges. */
  public Rate {
    if (!(perS > 0) || burst < 1 || perS > MAX || burst > MAX) {
      throw new IllegalArgumentException(
          "rate: "
              + perS
              + " per s, "
              + burst
              + " at once (expected: more than 0, to "
              + MAX
              + ")");
    }
  }

  /** So many in a second, and as many at once. */
  public static Rate perS(int count) {
    return new Rate(count, count);
  }
}
