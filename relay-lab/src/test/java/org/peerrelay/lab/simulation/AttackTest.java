package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attackers do harm, and break no rule that honest nodes keep. */
class AttackTest {
  private static final Scenario SCENARIO =
      Scenario.stable(15, 150)
          .withWorkload(Workload.DEFAULT.withPairs(300))
          .withSchedule(Schedule.DEFAULT.withJoinS(30).withMeasureS(60));

  private static Findings run(Attack.Kind kind) {
    return run(SCENARIO, kind);
  }

  private static Findings run(Scenario scenario, Attack.Kind kind) {
    return Simulation.run(scenario.withAttack(new Attack(kind, 5, 2)), progress -> {}).findings();
  }

  @ParameterizedTest
  @EnumSource
  void noAttackBreaksARule(Attack.Kind kind) {
    Findings findings = run(kind);
    assertEquals(List.of(), findings.violations());
    assertEquals(10, findings.relays().state().nodes());
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP", "DROP_OR_LIE", "ECLIPSE"})
  void whoDropsDatagramsDoesHarmUntilHeIsFoundOut(Attack.Kind kind) {
    Schedule soon = SCENARIO.schedule().withJoinS(5).withSettleS(2);
    Findings findings = run(SCENARIO.withSchedule(soon), kind);
    assertTrue(findings.first().lost().containsKey("attacker"), () -> findings.first().toString());
  }

  @Test
  void furtherTriesReachWhomTheFirstDoesNot() {
    Findings once = run(Attack.Kind.DROP);
    Scenario scenario =
        SCENARIO
            .withAttack(new Attack(Attack.Kind.DROP, 5, 2))
            .withWorkload(SCENARIO.workload().withTries(8));
    Findings often = Simulation.run(scenario, progress -> {}).findings();
    assertEquals(List.of(), often.violations());
    Deliveries first = often.first();
    assertTrue(first.rate() > once.first().rate(), first::toString);
    assertTrue(first.rateWithin(8) > first.rateWithin(1), first::toString);
    assertEquals(first.rate(), first.rateWithin(8));
  }
}
