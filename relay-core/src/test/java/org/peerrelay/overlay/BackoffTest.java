package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long MIN_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long MAX_NS = TimeUnit.SECONDS.toNanos(30);

  private final Random random = new Random(1);

  @Test
  void theWaitDoublesWithEachFailureAndIsBetweenHalfAndAllOfThat() {
    Backoff backoff = new Backoff(MIN_NS, MAX_NS);
    for (int failures = 0; failures < 7; failures++) {
      long nominalNs = MIN_NS << failures;
      for (int i = 0; i < 1_000; i++) {
        long delayNs = backoff.delayNs(failures, random);
        assertTrue(delayNs >= nominalNs / 2 && delayNs <= nominalNs, failures + ": " + delayNs);
      }
    }
  }

  @Test
  void noNumberOfFailuresMakesItLongerThanTheMaximum() {
    Backoff backoff = new Backoff(MIN_NS, MAX_NS);
    for (int failures : new int[] {7, 8, 30, 31, 62, 63, 64, 1_000, Integer.MAX_VALUE}) {
      long delayNs = backoff.delayNs(failures, random);
      assertTrue(delayNs >= MAX_NS / 2 && delayNs <= MAX_NS, failures + ": " + delayNs);
    }
  }

  @Test
  void longWaitsDoNotOverflow() {
    long minNs = TimeUnit.MINUTES.toNanos(1);
    long maxNs = TimeUnit.DAYS.toNanos(1);
    Backoff backoff = new Backoff(minNs, maxNs);
    for (int failures = 11; failures < 100; failures++) {
      long delayNs = backoff.delayNs(failures, random);
      assertTrue(delayNs >= maxNs / 2 && delayNs <= maxNs, failures + ": " + delayNs);
    }
  }

  @Test
  void theWaitsSpreadOverTheWholeHalf() {
    Backoff backoff = new Backoff(MIN_NS, MAX_NS);
    int[] eighths = new int[8];
    for (int i = 0; i < 8_000; i++) {
      long overHalfNs = backoff.delayNs(0, random) - MIN_NS / 2;
      eighths[(int) Math.min(7, overHalfNs * 8 / (MIN_NS / 2))]++;
    }
    for (int count : eighths) {
      assertEquals(1_000, count, 150);
    }
  }

  @Test
  void equalSeedsWaitEqually() {
    Backoff backoff = new Backoff(MIN_NS, MAX_NS);
    Random other = new Random(1);
    for (int failures = 0; failures < 20; failures++) {
      assertEquals(backoff.delayNs(failures, random), backoff.delayNs(failures, other));
    }
  }
}
