package org.peerrelay.overlay;

import java.util.random.RandomGenerator;

/**
 * When those who were linked with a relay that goes down may come back, spread out so that it is
 * not met by all of them at once.
 *
 * @param firstMs when the first may: a relay takes about so long to start again
 * @param perS how many come back in one second. A handshake takes two signatures and two checks,
 *     less than a millisecond of a core in all
 * @param lastMs when the last may, however many they are: who has no other relay is cut off so long
 */
record ReturnTimes(int firstMs, int perS, int lastMs) {
  static final ReturnTimes DEFAULT = new ReturnTimes(1_000, 1_000, 60_000);

  /** The delay of one of {@code count} links, in milliseconds. */
  int delayMs(int count, RandomGenerator random) {
    long spreadMs = Math.min(lastMs - firstMs, 1_000L * count / perS);
    return firstMs + (int) random.nextLong(spreadMs + 1);
  }
}
