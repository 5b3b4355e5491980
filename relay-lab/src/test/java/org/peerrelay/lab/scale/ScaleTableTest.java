package org.peerrelay.lab.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTableTest {
  private static final Path PAGE = Path.of("../docs/scale.md");

  private static final String EMPTY =
      """
      before
      <!-- found by scripts/simulate-scale -->

      | row | what |
      |---|---|

      <!-- end -->
      after
      """;

  @Test
  void linesOfARowReplaceItsOldOnesAndNoOthers() throws IOException {
    String churn =
        ScaleTable.FOUND.replaced(EMPTY, "churn", List.of("| churn | 1 |", "| churn | 2 |"));
    String both = ScaleTable.FOUND.replaced(churn, "million", List.of("| million | 3 |"));
    String again = ScaleTable.FOUND.replaced(both, "churn", List.of("| churn | 4 |"));

    assertEquals(
        EMPTY.replace("|---|---|\n", "|---|---|\n| million | 3 |\n| churn | 4 |\n"), again);
  }

  @Test
  void aPageWithoutTheTableIsRefused() {
    IOException refused =
        assertThrows(IOException.class, () -> ScaleTable.RUNS.replaced(EMPTY, "churn", List.of()));
    assertEquals(
        "markers: none (expected: '<!-- runs of scripts/simulate-scale -->' and '<!-- end -->')",
        refused.getMessage());
  }

  @Test
  void thePageHasBothTablesAndExplainsEveryRow() throws IOException {
    String page = Files.readString(PAGE);
    for (ScaleTable table : ScaleTable.values()) {
      String line = ScaleTable.line("churn", "some");
      assertTrue(table.replaced(page, "churn", List.of(line)).contains(line), table::name);
    }
    for (Row row : ScaleRows.all()) {
      assertTrue(page.contains("- **" + row.name() + "**: "), row::name);
    }
  }
}
