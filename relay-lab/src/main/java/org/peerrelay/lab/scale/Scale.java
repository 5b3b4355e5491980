package org.peerrelay.lab.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.Simulation;
import org.peerrelay.lab.simulation.SimulationProgress;
import org.peerrelay.lab.simulation.SimulationReport;

/**
 * Simulates one row of docs/scale.md, prints what was found, and puts it on the page. Ends with
 * status 1 if something does not hold.
 */
public final class Scale {
  private static final long TELL_NS = TimeUnit.SECONDS.toNanos(10);

  private final ScaleRow row;
  private long toldNs = System.nanoTime();

  private Scale(ScaleRow row) {
    this.row = row;
  }

  /**
   * Arguments: the page and the name of a row; none to list the rows, each with its heap in GiB.
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      ScaleRows.all().forEach(row -> System.out.println(row.name() + " " + row.heapGib()));
      return;
    }
    ScaleRow row =
        ScaleRows.of(args[1])
            .orElseThrow(
                () ->
                    new IllegalArgumentException("row: '" + args[1] + "' (expected: a known one)"));
    System.exit(new Scale(row).run(Path.of(args[0])) ? 0 : 1);
  }

  /** Tells whether all holds. */
  private boolean run(Path page) throws IOException {
    List<SimulationReport> reports = new ArrayList<>();
    for (Scenario scenario : row.scenarios()) {
      SimulationReport report = Simulation.run(scenario, this::tell);
      System.out.println(report.toText());
      reports.add(report);
    }
    List<Check> checks = row.checks().apply(reports);
    List<String> found = checks.stream().map(this::line).toList();
    String how = line(reports);
    found.forEach(System.out::println);
    System.out.println(how);
    ScaleTable.FOUND.update(page, row.name(), found);
    ScaleTable.RUNS.update(page, row.name(), List.of(how));
    return checks.stream().allMatch(Check::holds);
  }

  private void tell(SimulationProgress progress) {
    long nowNs = System.nanoTime();
    if (nowNs - toldNs >= TELL_NS) {
      toldNs = nowNs;
      System.err.printf(
          Locale.ROOT,
          "simulate-scale: %s: %.0f %%, %s, %,d relays, %,d peers%n",
          row.name(),
          100 * progress.part(),
          progress.phase().name().toLowerCase(Locale.ROOT),
          progress.relays(),
          progress.peers());
    }
  }

  private String line(Check check) {
    return ScaleTable.line(
        row.name(), check.what(), check.target(), check.found(), check.verdict());
  }

  private String line(List<SimulationReport> reports) throws IOException {
    double wallS = reports.stream().mapToDouble(report -> report.performance().wallS()).sum();
    long events = reports.stream().mapToLong(report -> report.performance().events()).sum();
    return ScaleTable.line(
        row.name(),
        "`scripts/simulate-scale " + row.name() + "`",
        String.valueOf(row.scenarios().get(0).seed()),
        String.format(Locale.ROOT, "%,.0f s", wallS),
        String.format(Locale.ROOT, "%,d", events),
        row.heapGib() + " GiB",
        machine());
  }

  private static String machine() throws IOException {
    String cpu =
        Files.readString(Path.of("/proc/cpuinfo"))
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown CPU");
    return cpu
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, Java "
        + System.getProperty("java.version")
        + ", "
        + LocalDate.now(ZoneOffset.UTC);
  }
}
