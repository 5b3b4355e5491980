package org.peerrelay.daemon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** So much a second, and as much at once; on clocks that stand anywhere. */
class RateLimitTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private static int allowed(RateLimit limit, long nowNs) {
    int count = 0;
    while (limit.allows(nowNs)) {
      count++;
    }
    return count;
  }

  @Test
  void aSecondsWorthIsThereAtOnceAndComesBackSteadily() {
    for (long startNs : new long[] {0, -SECOND_NS, Long.MAX_VALUE - SECOND_NS}) {
      RateLimit limit = new RateLimit(4, startNs);
      assertEquals(4, allowed(limit, startNs));
      assertFalse(limit.allows(startNs + SECOND_NS / 4 - 1));
      assertTrue(limit.allows(startNs + SECOND_NS / 4));
      assertEquals(2, allowed(limit, startNs + 3 * SECOND_NS / 4));
      assertEquals(4, allowed(limit, startNs + 100 * SECOND_NS));
    }
  }
}
