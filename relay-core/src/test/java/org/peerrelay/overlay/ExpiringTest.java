package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is remembered for a time. */
class ExpiringTest {
  private final Expiring<String> set = new Expiring<>(2);

  @Test
  void aMemberCountsForItsTime() {
    set.add("a", 10, Long.MAX_VALUE - 4);
    assertTrue(set.contains("a", Long.MAX_VALUE));
    assertTrue(set.contains("a", Long.MIN_VALUE + 4));
    assertFalse(set.contains("a", Long.MIN_VALUE + 5));
    set.remove("a");
    assertFalse(set.contains("a", Long.MAX_VALUE));
  }

  @Test
  void theOneAddedLongestAgoIsForgotten() {
    set.add("a", 10, 0);
    set.add("b", 10, 0);
    set.add("a", 10, 0);
    set.add("c", 10, 0);
    assertTrue(set.contains("a", 0));
    assertFalse(set.contains("b", 0));
    assertTrue(set.contains("c", 0));
  }

  @Test
  void whatComesAgainCountsForTwiceTheTimeUpToTheLongest() {
    for (long durationNs : new long[] {10, 20, 40, 50, 50}) {
      set.addForLonger("a", 10, 50, 100);
      assertTrue(set.contains("a", 99 + durationNs));
      assertFalse(set.contains("a", 100 + durationNs));
    }
  }
}
