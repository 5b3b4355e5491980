package org.peerrelay.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

/** So much a second, and so much at once; on clocks that stand anywhere. */
class TokenBucketTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long S = TimeUnit.SECONDS.toNanos(1);

  private static int taken(TokenBucket bucket, long nowNs) {
    int count = 0;
    while (bucket.take(nowNs)) {
      count++;
    }
    return count;
  }

  @Test
  void itBeginsFullAndRefillsSteadily() {
    for (long startNs : new long[] {0, -S, Long.MAX_VALUE - S}) {
      TokenBucket bucket = new TokenBucket(Rate.perS(4));
      assertEquals(4, taken(bucket, startNs));
      assertFalse(bucket.take(startNs + S / 4 - 1));
      assertTrue(bucket.take(startNs + S / 4));
      assertEquals(2, taken(bucket, startNs + 3 * S / 4));
      assertEquals(4, taken(bucket, startNs + 100 * S));
    }
  }

  @Test
  void itTakesAllOrNothing() {
    TokenBucket bucket = new TokenBucket(new Rate(2, 3));
    assertTrue(bucket.take(2, 0));
    assertFalse(bucket.take(2, 499 * MS));
    assertEquals(1, bucket.tokens(499 * MS));
    assertTrue(bucket.take(2, 500 * MS));
    assertFalse(bucket.isFull(1_999 * MS));
    assertTrue(bucket.isFull(2 * S));
  }

  @Test
  void moreThanEverFitsTakesAFullOne() {
    TokenBucket bucket = new TokenBucket(new Rate(1, 3));
    assertTrue(bucket.take(100, 0));
    assertFalse(bucket.take(100, 3 * S - 1));
    assertTrue(bucket.take(100, 3 * S));
  }

  @Test
  void lessThanOneASecondComesBackToo() {
    TokenBucket bucket = new TokenBucket(new Rate(0.25, 1));
    assertTrue(bucket.take(0));
    assertFalse(bucket.take(4 * S - 1));
    assertTrue(bucket.take(4 * S));
  }

  @Test
  void neitherLongWaitsNorClocksThatStandStillBreakIt() {
    TokenBucket bucket = new TokenBucket(Rate.perS(1 << 30));
    assertTrue(bucket.take(1 << 30, Long.MAX_VALUE - S));
    assertFalse(bucket.take(Long.MAX_VALUE - S));
    assertFalse(bucket.take(Long.MAX_VALUE - 2 * S));
    assertFalse(bucket.take(Long.MAX_VALUE - S), "what has passed does not pass again");
    assertTrue(bucket.take(1 << 30, Long.MIN_VALUE + 24 * 3_600 * S));
  }

  @Test
  void ratesArePositive() {
    assertThrows(IllegalArgumentException.class, () -> new Rate(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rate(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Rate(Double.NaN, 1));
  }

  @Test
  void eachPeerHasItsOwnAndFullOnesAreForgotten() {
    PeerBuckets buckets = new PeerBuckets(Rate.perS(1), 2);
    assertTrue(buckets.take(id(1), 1, 0));
    assertFalse(buckets.take(id(1), 1, 0));
    assertTrue(buckets.take(id(2), 1, 0));
    assertTrue(buckets.take(id(3), 1, 0));
    assertEquals(2, buckets.size(), "the first is forgotten for the third");
    assertTrue(buckets.take(id(1), 1, 0));
    buckets.sweep(S);
    assertEquals(0, buckets.size());
  }

  private static PeerId id(int number) {
    return new PeerId(number, 0, 0);
  }
}
