package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence of a few hundred peers: what must be is, and two runs of one seed are equal. */
class PresenceSimulationTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void everybodySeesEverybodyThroughChangesReplacementsAndAPartition(long seed) {
    PresenceReport report = run(PresenceScenario.eventful(300, seed));
    assertEquals(List.of(), report.violations(), report::toText);
    assertEquals(0, report.unreached(), report::toText);
    assertTrue(report.settledS() > 0 && report.settledS() <= 60, report::toText);
    assertTrue(report.changes() >= 30, report::toText);
    assertTrue(report.reachedAllS().max() <= 5, report::toText);
    assertTrue(report.sentBytesPerS().mean() <= 2_000, report::toText);
    assertTrue(report.visited().p50() <= 5, report::toText);
    assertTrue(report.links().mean() >= 4.5 && report.links().max() <= 8, report::toText);
  }

  @Test
  void twoRunsOfOneScenarioAreEqual() {
    PresenceScenario scenario = PresenceScenario.eventful(60, 3);
    assertEquals(run(scenario).withoutPerformance(), run(scenario).withoutPerformance());
  }

  private static PresenceReport run(PresenceScenario scenario) {
    return PresenceSimulation.run(scenario, part -> {});
  }
}
