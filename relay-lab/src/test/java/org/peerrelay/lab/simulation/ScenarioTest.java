package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What cannot be simulated is refused with one clear line. */
class ScenarioTest {
  private static final Scenario SCENARIO = Scenario.stable(10, 100);

  private static void assertRefused(String message, Executable what) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, what).getMessage());
  }

  @Test
  void zeroRelaysAreRefused() {
    assertRefused("relays: 0 (expected: 1 to 1000000)", () -> Scenario.stable(0, 100));
  }

  @Test
  void negativeLossIsRefused() {
    assertRefused("loss: -0.5 (expected: 0.0 to 1.0)", () -> SCENARIO.links().withLoss(-0.5));
  }

  @Test
  void lossThatIsNoNumberIsRefused() {
    assertRefused("loss: NaN (expected: 0.0 to 1.0)", () -> SCENARIO.links().withLoss(Double.NaN));
  }

  @Test
  void attackersOnlyAreRefused() {
    Attack attack = new Attack(Attack.Kind.DROP, 10, 0);
    assertRefused(
        "attackers: 10 (expected: less than the 10 relays)", () -> SCENARIO.withAttack(attack));
  }

  @Test
  void writingToNobodyIsRefused() {
    assertRefused(
        "leaves: 1 (expected: 2 or more, of which one writes to another)",
        () -> Scenario.stable(10, 1));
  }

  @Test
  void whatDoesNotFitTheHeapIsRefused() {
    Scenario huge = Scenario.stable(1_000_000, 2);
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Simulation.run(huge, progress -> {}))
                .getMessage());
    assertTrue(message.startsWith("memory for this population: 1"), message);
  }
}
