package org.peerrelay.lab.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerrelay.lab.simulation.Distribution;
import org.peerrelay.lab.simulation.Performance;
import org.peerrelay.lab.simulation.Population;
import org.peerrelay.lab.simulation.PresenceReport;
import org.peerrelay.lab.simulation.PresenceScenario;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.Schedule;
import org.peerrelay.lab.simulation.Simulation;
import org.peerrelay.lab.simulation.SimulationReport;

class ScaleRowsTest {
  @Test
  void everyRowHasANameOfItsOwn() {
    List<String> names = ScaleRows.all().stream().map(Row::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    names.forEach(name -> assertEquals(name, ScaleRows.of(name).orElseThrow().name()));
    assertTrue(ScaleRows.of("none").isEmpty());
  }

  @Test
  void aReportThatIsFarFromTheTargetsDoesNotHold() {
    SimulationReport report = tiny();
    for (ScaleRow row : ScaleRows.overlay()) {
      List<SimulationReport> reports = row.scenarios().stream().map(scenario -> report).toList();
      List<Check> checks = row.checks().apply(reports);
      assertFalse(checks.isEmpty(), row.name());
      checks.forEach(check -> assertFalse(check.found().isBlank(), check::what));
    }
    Check sends = overlay("million").checks().apply(List.of(report)).get(0);
    assertFalse(sends.holds(), sends::found);
    Check churn = check("churn", report, 2);
    assertFalse(churn.holds(), "no death was watched, which proves nothing: " + churn.found());
    Check attached = check("traffic", report, 0);
    assertFalse(attached.holds(), attached::found);
  }

  @Test
  void aPresenceThatIsFarFromTheTargetsDoesNotHold() {
    Distribution bad = new Distribution(1, 9_999, 9_999, 9_999, 9_999);
    PresenceReport report =
        new PresenceReport(
            PresenceScenario.large(10),
            -1,
            0,
            bad,
            bad,
            1,
            bad,
            Map.of(),
            bad,
            bad,
            List.of("violation"),
            new Performance(0, 0, 0));
    PresenceRow.checks(report).forEach(check -> assertFalse(check.holds(), check::what));
  }

  private static ScaleRow overlay(String name) {
    return ScaleRows.overlay().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Check check(String row, SimulationReport report, int number) {
    return overlay(row).checks().apply(List.of(report)).get(number);
  }

  private static SimulationReport tiny() {
    Scenario scenario = Scenario.stable(5, 10);
    Schedule schedule = scenario.schedule().withJoinS(5).withSettleS(5).withMeasureS(5);
    Scenario brief =
        scenario
            .withSchedule(schedule)
            .withPopulation(new Population(5, 10, 0, 4))
            .withWorkload(scenario.workload().withPairs(10));
    return Simulation.run(brief, progress -> {});
  }
}
