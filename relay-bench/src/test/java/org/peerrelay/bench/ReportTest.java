package org.peerrelay.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Machine MACHINE =
      new Machine("some CPU", 2, "Linux 6", "some JVM 17", 0.1, LocalDate.of(2026, 1, 2));
  private static final Cell CELL = ComparePlan.cells(100).get(0);

  private final Results results = new Results(List.of("bare", "ours"));

  private static Measurement cost(double cpuUs, double lostShare) {
    return new Measurement(cpuUs, 0.9, 0.5, 1_000, lostShare, 0, 1, 2, 3);
  }

  @Test
  void costsAreMediansAndMultiplesOfTheYardstick() {
    for (double cpuUs : new double[] {9, 4, 5}) {
      results.add("bare", CELL, cost(cpuUs, 0));
      results.add("ours", CELL, cost(2 * cpuUs, 0));
    }
    results.addIdle("ours", 7_950);

    String text = new Report(results, "bare").markdown(MACHINE, "scripts/compare");

    assertTrue(text.contains("| bare | 5.0 (1.00×) | – | – | – |"), text);
    assertTrue(text.contains("| ours | 10.0 (2.00×) | – | – | – |"), text);
    assertTrue(text.contains("| bare | 1,000 (90 %) |"), text);
    assertTrue(text.contains("| ours | 8.0 |") || text.contains("| ours | 7.9 |"), text);
    assertTrue(text.contains("2026-01-02 by `scripts/compare` on some CPU, 2 cores"), text);
  }

  @Test
  void lossIsSaidBesideTheCost() {
    results.add("ours", CELL, cost(4, 0.5));

    String text = new Report(results, "bare").markdown(MACHINE, "c");

    assertTrue(text.contains("| ours | 4.0, 50.00 % lost, 0 faults |"), text);
  }

  @Test
  void theJsonHoldsWhatWasMeasured(@TempDir Path folder) throws IOException {
    results.add("ours", CELL, cost(4, 0));
    results.addIdle("ours", 7_950);

    ResultsJson.write(folder.resolve("r.json"), results, MACHINE, "c");

    String json = Files.readString(folder.resolve("r.json"));
    assertTrue(json.contains("\"cpuUsPerMessage\" : 4.0"), json);
    assertTrue(json.contains("\"bytesPerIdleConnection\" : 7950"), json);
  }

  @Test
  void onlyTheMiddleOfThePageIsReplaced() throws IOException {
    String page =
        """
        before
        <!-- measured by scripts/compare -->
        old
        <!-- end of what was measured -->
        after
        """;

    String first = PerformancePage.replaced(page, "new\n");

    assertEquals(
        """
        before
        <!-- measured by scripts/compare -->

        new

        <!-- end of what was measured -->
        after
        """,
        first);
    assertEquals(first, PerformancePage.replaced(first, "new\n"));
    assertThrows(IOException.class, () -> PerformancePage.replaced("no markers", "new"));
  }

  @Test
  void mediansAreTheMiddle() {
    assertEquals(3, Medians.of(9, 1, 3));
    assertEquals(2, Medians.of(3, 1));
    assertEquals(5, Medians.of(5));
  }
}
