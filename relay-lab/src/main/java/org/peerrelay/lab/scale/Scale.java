package org.peerrelay.lab.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Simulates one row of docs/scale.md, prints what was found, and puts it on the page. Ends with
 * status 1 if something does not hold.
 */
public final class Scale {
  private static final long TELL_NS = TimeUnit.SECONDS.toNanos(10);

  private final Row row;
  private long toldNs = System.nanoTime();

  private Scale(Row row) {
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
    Row row =
        ScaleRows.of(args[1])
            .orElseThrow(
                () ->
                    new IllegalArgumentException("row: '" + args[1] + "' (expected: a known one)"));
    System.exit(new Scale(row).run(Path.of(args[0])) ? 0 : 1);
  }

  /** Tells whether all holds. */
  private boolean run(Path page) throws IOException {
    Row.Measured measured = row.measure(System.out::println, this::tell);
    List<Check> checks = measured.checks();
    List<String> found = checks.stream().map(this::line).toList();
    String how = line(measured);
    found.forEach(System.out::println);
    System.out.println(how);
    ScaleTable.FOUND.update(page, row.name(), found);
    ScaleTable.RUNS.update(page, row.name(), List.of(how));
    return checks.stream().allMatch(Check::holds);
  }

  private void tell(String progress) {
    long nowNs = System.nanoTime();
    if (nowNs - toldNs >= TELL_NS) {
      toldNs = nowNs;
      System.err.println("simulate-scale: " + row.name() + ": " + progress);
    }
  }

  private String line(Check check) {
    return ScaleTable.line(
        row.name(), check.what(), check.target(), check.found(), check.verdict());
  }

  private String line(Row.Measured measured) throws IOException {
    return ScaleTable.line(
        row.name(),
        "`scripts/simulate-scale " + row.name() + "`",
        String.valueOf(measured.seed()),
        String.format(Locale.ROOT, "%,.0f s", measured.wallS()),
        String.format(Locale.ROOT, "%,d", measured.events()),
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
