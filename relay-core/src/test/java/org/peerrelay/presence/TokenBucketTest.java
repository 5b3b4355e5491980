package org.peerrelay.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long S = TimeUnit.SECONDS.toNanos(1);

  @Test
  void itBeginsFullAndRefillsSlowly() {
    TokenBucket bucket = new TokenBucket(new Rate(2, 3), 0);
    assertTrue(bucket.take(3, 0));
    assertFalse(bucket.take(1, 499 * MS));
    assertTrue(bucket.take(1, 500 * MS));
    assertFalse(bucket.has(1, 999 * MS));
    assertTrue(bucket.take(3, 100 * S));
    assertFalse(bucket.isFull(101 * S));
    assertTrue(bucket.isFull(101 * S + 500 * MS));
  }

  @Test
  void neitherLongWaitsNorClocksThatStandStillBreakIt() {
    TokenBucket bucket = new TokenBucket(new Rate(1 << 30, 1 << 30), Long.MAX_VALUE - S);
    assertTrue(bucket.take(1 << 30, Long.MAX_VALUE - S));
    assertFalse(bucket.take(1, Long.MAX_VALUE - S));
    assertFalse(bucket.take(1, Long.MAX_VALUE - 2 * S));
    assertTrue(bucket.take(1 << 30, Long.MIN_VALUE + 24 * 3_600 * S));
  }

  @Test
  void ratesArePositive() {
    assertThrows(IllegalArgumentException.class, () -> new Rate(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rate(1, 0));
  }

  @Test
  void eachPeerHasItsOwnAndFullOnesAreForgotten() {
    PeerRates rates = new PeerRates(new Rate(1, 1), 2);
    assertTrue(rates.take(TestSwarm.id(1), 0));
    assertFalse(rates.take(TestSwarm.id(1), 0));
    assertTrue(rates.take(TestSwarm.id(2), 0));
    assertTrue(rates.take(TestSwarm.id(3), 0));
    assertEquals(2, rates.size());
    rates.forgetFull(S);
    assertEquals(0, rates.size());
  }

  @Test
  void aMemberMayChangeTenTimesAndThenOnceASecond() {
    OriginRates rates = new OriginRates(new Rate(1, 10), 7);
    long nowNs = 30 * S;
    for (int i = 0; i < 10; i++) {
      assertTrue(rates.has(3, nowNs), "change " + i);
      rates.take(3, nowNs);
    }
    assertFalse(rates.has(3, nowNs + 999 * MS));
    assertTrue(rates.has(4, nowNs), "others have their own");
    assertTrue(rates.has(3, nowNs + S));
    rates.take(3, nowNs + S);
    assertFalse(rates.has(3, nowNs + S));
    assertTrue(rates.has(3, nowNs + 40 * 24 * 3_600 * S), "after the milliseconds have wrapped");
  }
}
