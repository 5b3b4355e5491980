package org.peerrelay.lab.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.peerrelay.lab.simulation.Deliveries;
import org.peerrelay.lab.simulation.Distribution;

class CheckTest {
  private static final Distribution NONE = new Distribution(0, 0, 0, 0, 0);

  private static Deliveries deliveries(long sent, long delivered) {
    return new Deliveries(
        sent, delivered, 0, new TreeMap<>(), NONE, NONE, new TreeMap<>(), NONE, NONE, 1);
  }

  @Test
  void atItsTargetANumberHoldsAndBeyondItDoesNot() {
    assertTrue(Check.atMost("relays", 7, 7, "").holds());
    assertFalse(Check.atMost("relays", 7, 7.0000001, "").holds());
    assertTrue(Check.atLeast("messages", 1e6, 1e6, "").holds());
    assertFalse(Check.atLeast("messages", 1e6, 999_999, "").holds());
    assertFalse(Check.atMost("relays", 7, Double.NaN, "").holds());
    assertEquals("does not hold", Check.atMost("relays", 7, 8, "").verdict());
  }

  @Test
  void numbersAreWrittenWithTheirUnits() {
    Check check = Check.atMost("traffic", 1.5, 0.12345, "kB/s");
    assertEquals("≤ 1.5 kB/s", check.target());
    assertEquals("0.123 kB/s", check.found());
    assertEquals("≥ 1,000,000", Check.atLeast("messages", 1e6, 10, "").target());
    assertEquals("10", Check.atLeast("messages", 1e6, 10, "").found());
  }

  @Test
  void whatWasDeliveredIsCountedOverAll() {
    Check holds = Check.delivered("delivered", 99.5, deliveries(100, 100), deliveries(100, 99));
    assertTrue(holds.holds());
    assertEquals("99.5000 % (199 of 200)", holds.found());
    assertFalse(Check.delivered("delivered", 99.5, deliveries(100_000, 99_499)).holds());
    assertFalse(Check.delivered("delivered", 99.5, deliveries(0, 0)).holds(), "nothing was sent");
  }
}
