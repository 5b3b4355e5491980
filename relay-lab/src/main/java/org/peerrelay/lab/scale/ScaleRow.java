package org.peerrelay.lab.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.Simulation;
import org.peerrelay.lab.simulation.SimulationProgress;
import org.peerrelay.lab.simulation.SimulationReport;

/**
 * One thing that is to hold of the overlay, and what is simulated to see whether it does.
 *
 * @param name one word
 * @param heapGib how much heap the largest scenario needs
 * @param scenarios what is simulated, one after the other
 * @param checks what is made of their reports, in the same order
 */
record ScaleRow(
    String name,
    int heapGib,
    List<Scenario> scenarios,
    Function<List<SimulationReport>, List<Check>> checks)
    implements Row {
  private static final double PERCENT = 100;

  /** Copies the list. */
  ScaleRow {
    scenarios = List.copyOf(scenarios);
  }

  @Override
  public Measured measure(Consumer<String> report, Consumer<String> progress) {
    List<SimulationReport> reports = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      SimulationReport found = Simulation.run(scenario, now -> progress.accept(text(now)));
      report.accept(found.toText());
      reports.add(found);
    }
    return new Measured(
        checks.apply(reports),
        scenarios.get(0).seed(),
        reports.stream().mapToDouble(found -> found.performance().wallS()).sum(),
        reports.stream().mapToLong(found -> found.performance().events()).sum());
  }

  private static String text(SimulationProgress progress) {
    return String.format(
        Locale.ROOT,
        "%.0f %%, %s, %,d relays, %,d peers",
        PERCENT * progress.part(),
        progress.phase().name().toLowerCase(Locale.ROOT),
        progress.relays(),
        progress.peers());
  }
}
