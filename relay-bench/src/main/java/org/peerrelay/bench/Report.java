package org.peerrelay.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as Markdown, which the console shows too. */
final class Report {
  private static final String NONE = "–";

  private final Results results;
  private final String yardstick;

  /** Costs are also said in multiples of those of {@code yardstick}. */
  Report(Results results, String yardstick) {
    this.results = results;
    this.yardstick = yardstick;
  }

  String markdown(Machine machine, String command) {
    List<Cell> flatOut = ComparePlan.allCells().filter(Cell::isFlatOut).toList();
    List<Cell> rates = ComparePlan.allCells().filter(cell -> !cell.isFlatOut()).toList();
    return "CPU time of the server for each delivered message, flat out, in µs, and in multiples of "
        + yardstick
        + ":\n\n"
        + table(flatOut, Cell::toString, this::cpu)
        + "\nDelivered messages a second, flat out, and how much of its core the server used:\n\n"
        + table(flatOut, Cell::toString, this::throughput)
        + "\nLatency from the intended send time, in ms, as p50 / p99 / p99.9; "
        + NONE
        + " where the server cannot deliver as much:\n\n"
        + table(rates, Cell::toString, this::latency)
        + "\nFor each connection: resident memory while it is idle, beyond the server without any, and CPU"
        + " time of the server for making it, proofs included where there are any:\n\n"
        + connectionTable()
        + "\n"
        + origin(machine, command);
  }

  private static String origin(Machine machine, String command) {
    return String.format(
        Locale.ROOT,
        "Measured on %s by `%s` on %s, %d cores, %s, %s, load average before the run %.1f. JVM of"
            + " the Java servers: `%s`.%n",
        machine.date(),
        command,
        machine.cpu(),
        machine.cores(),
        machine.kernel(),
        machine.java(),
        machine.busyCores(),
        JavaContender.options());
  }

  private String table(List<Cell> cells, Function<Cell, String> heading, CellText text) {
    StringBuilder table = new StringBuilder();
    List<String> headings = new ArrayList<>(List.of("server"));
    cells.forEach(cell -> headings.add(heading.apply(cell)));
    table.append(row(headings)).append(rule(headings.size()));
    for (String name : results.names()) {
      List<String> row = new ArrayList<>(List.of(name));
      cells.forEach(
          cell -> row.add(results.median(name, cell).map(m -> text.of(m, cell)).orElse(NONE)));
      table.append(row(row));
    }
    return table.toString();
  }

  private interface CellText {
    String of(Measurement measured, Cell cell);
  }

  private String cpu(Measurement measured, Cell cell) {
    String ratio =
        ratio(measured, cell, Measurement::cpuUs)
            .map(value -> String.format(Locale.ROOT, " (%.2f×)", value))
            .orElse("");
    return String.format(Locale.ROOT, "%.1f%s%s", measured.cpuUs(), ratio, wrong(measured));
  }

  private Optional<Double> ratio(
      Measurement measured, Cell cell, ToDoubleFunction<Measurement> value) {
    return results
        .median(yardstick, cell)
        .map(base -> value.applyAsDouble(measured) / value.applyAsDouble(base));
  }

  private static String wrong(Measurement measured) {
    if (measured.lostShare() == 0 && measured.faults() == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT, ", %.2f %% lost, %.0f faults", 100 * measured.lostShare(), measured.faults());
  }

  private String throughput(Measurement measured, Cell cell) {
    return String.format(
        Locale.ROOT, "%,.0f (%.0f %%)", measured.throughput(), 100 * measured.serverLoad());
  }

  private String latency(Measurement measured, Cell cell) {
    return String.format(
        Locale.ROOT,
        "%.2f / %.2f / %.2f%s",
        measured.p50Ms(),
        measured.p99Ms(),
        measured.p999Ms(),
        wrong(measured));
  }

  private String connectionTable() {
    StringBuilder table = new StringBuilder(row(List.of("server", "kB", "µs"))).append(rule(3));
    for (String name : results.names()) {
      table.append(
          row(
              List.of(
                  name,
                  text("%.1f", results.idleBytes(name).map(bytes -> bytes / 1_000)),
                  text("%.0f", results.connectUs(name)))));
    }
    return table.toString();
  }

  private static String text(String format, Optional<Double> value) {
    return value.map(number -> String.format(Locale.ROOT, format, number)).orElse(NONE);
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String rule(int columns) {
    return row(Stream.generate(() -> "---").limit(columns).toList());
  }
}
