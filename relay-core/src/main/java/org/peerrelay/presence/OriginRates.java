package org.peerrelay.presence;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.peerrelay.rate.Rate;

/**
 * How often each member's records may change: for each the moment at which it may again change as
 * often as ever, in 4 bytes. One that has the slot of another that has gone, has its debt.
 */
final class OriginRates {
  private static final double MS_PER_S = 1_000;

  private final long beginNs;
  private final long changeMs;
  private final long mostMs;

  /** By slot, in milliseconds since the beginning. They wrap, and then are long past. */
  private int[] clearMs = {};

  OriginRates(Rate rate, long nowNs) {
    this.beginNs = nowNs;
    this.changeMs = Math.max(1, (long) (MS_PER_S / rate.perS()));
    this.mostMs = rate.burst() * changeMs;
  }

  /** Whether the member with this slot may change now. */
  boolean has(int slot, long nowNs) {
    return debtMs(slot, nowNs) + changeMs <= mostMs;
  }

  /** The member with this slot has changed. */
  void take(int slot, long nowNs) {
    if (slot >= clearMs.length) {
      clearMs = Arrays.copyOf(clearMs, slot + slot / 2 + 1);
    }
    clearMs[slot] = (int) (sinceBeginMs(nowNs) + debtMs(slot, nowNs) + changeMs);
  }

  private long debtMs(int slot, long nowNs) {
    long debtMs = slot < clearMs.length ? clearMs[slot] - (int) sinceBeginMs(nowNs) : 0;
    return debtMs < 0 || debtMs > mostMs ? 0 : debtMs;
  }

  private long sinceBeginMs(long nowNs) {
    return TimeUnit.NANOSECONDS.toMillis(nowNs - beginNs);
  }
}
