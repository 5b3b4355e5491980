package org.peerrelay.presence;

/**
 * How much may come in a second, and at once.
 *
 * @param perS what comes back to the budget each second
 * @param burst the whole budget
 */
public record Rate(long perS, long burst) {
  private static final long MAX = 1L << 30;

  /** Checks the ranges. */
  public Rate {
    if (perS < 1 || burst < 1 || perS > MAX || burst > MAX) {
      throw new IllegalArgumentException(
          "rate: " + perS + " per s, " + burst + " at once (expected: 1 to " + MAX + ")");
    }
  }
}
