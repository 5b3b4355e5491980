package org.peerrelay.presence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.rate.Rate;

class OriginRatesTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long S = TimeUnit.SECONDS.toNanos(1);

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
