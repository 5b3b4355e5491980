package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Networks in which relays and leaves come and go, and links lose datagrams, double and reorder
 * them: what must hold of every node does.
 */
class NetworkRulesTest {
  private static final long SEED = 2026;
  private static final Schedule SCHEDULE = Schedule.DEFAULT.withMeasureS(300);

  private static Findings run(int relays, int leaves, Schedule schedule) {
    Scenario scenario =
        Scenario.churn(relays, leaves)
            .withSeed(SEED)
            .withChurn(Churn.NONE.withRelayHalfLifeS(1_800).withLeafHalfLifeS(1_800))
            .withLinks(
                LinkModel.INTERNET.withLoss(0.001).withDuplication(0.001).withReordering(0.01))
            .withSchedule(schedule)
            .withWorkload(Workload.DEFAULT.withPairs(5_000));
    Findings findings = Simulation.run(scenario, progress -> {}).findings();
    assertEquals(List.of(), findings.violations(), () -> "seed " + SEED);
    return findings;
  }

  @Test
  void ofAHundredRelaysAndAThousandLeavesNoneBreaksARule() {
    assertTrue(run(100, 1_000, SCHEDULE).deaths() > 50);
  }

  @Test
  void nobodyPointsForLongToWhoIsGone() {
    run(100, 1_000, SCHEDULE.runningOn());
  }

  /** Two minutes, in which many come and go: more is for scripts/simulate-scale. */
  @Test
  void ofAThousandRelaysAndTenThousandLeavesNoneBreaksARule() {
    Schedule minutes =
        Schedule.DEFAULT.withJoinS(30).withSettleS(20).withMeasureS(60).withTicksS(2, 10);
    assertTrue(run(1_000, 10_000, minutes).deaths() > 300);
  }
}
