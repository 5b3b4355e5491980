package org.peerrelay.lab.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.lab.simulation.Partition;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.Schedule;
import org.peerrelay.lab.simulation.Simulation;
import org.peerrelay.lab.simulation.SimulationReport;
import org.peerrelay.lab.simulation.Workload;

class SimulationChartsTest {
  @BeforeAll
  static void needsFonts() {
    assumeTrue(ChartFiles.canDraw(), "fonts: none on this machine (expected: some, for charts)");
  }

  private static SimulationReport report(Scenario scenario) {
    Schedule schedule = scenario.schedule().withJoinS(10).withSettleS(10).withMeasureS(40);
    return Simulation.run(scenario.withSchedule(schedule), progress -> {});
  }

  private static List<String> draw(SimulationReport report, Path folder) throws IOException {
    List<String> names =
        SimulationCharts.write(report, folder).stream()
            .map(file -> String.valueOf(file.getFileName()))
            .toList();
    for (String name : names) {
      assertEquals(1_000, ImageIO.read(folder.resolve(name + ".png").toFile()).getWidth(), name);
      assertTrue(Files.readString(folder.resolve(name + ".svg")).contains("<svg"), name);
    }
    return names;
  }

  @Test
  void aNetworkWithChurnAndAPartitionHasAllCharts(@TempDir Path folder) throws IOException {
    Scenario scenario = Scenario.churn(10, 20).withLegacy(5);
    Scenario worse =
        scenario
            .withChurn(scenario.churn().withRelayHalfLifeS(60))
            .withPartition(new Partition(10, 10))
            .withWorkload(Workload.DEFAULT.withPairs(100));

    assertEquals(List.of("delivery", "hops", "repair", "control"), draw(report(worse), folder));
  }

  @Test
  void whatWasNotFoundIsNotDrawn(@TempDir Path folder) throws IOException {
    Scenario silent = Scenario.stable(5, 5).withWorkload(Workload.NONE);

    assertEquals(List.of("control"), draw(report(silent), folder));
  }
}
