package org.peerrelay.lab.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a page in the documentation, between two markers. The first cell of each of its lines
 * names the row of which it tells something.
 */
enum ScaleTable {
  /** What is to hold, and what was found. */
  FOUND("<!-- found by scripts/simulate-scale -->\n"),
  /** How it was found. */
  RUNS("<!-- runs of scripts/simulate-scale -->\n");

  private static final String END = "<!-- end -->\n";
  private static final int HEAD_LINES = 2;

  private final String begin;

  ScaleTable(String begin) {
    this.begin = begin;
  }

  /**
   * Puts {@code lines} in place of those that the table has of {@code row}.
   *
   * @throws IOException if the page is not there or has no such table
   */
  void update(Path page, String row, List<String> lines) throws IOException {
    Files.writeString(page, replaced(Files.readString(page), row, lines));
  }

  /** The page with these lines. Rows have the order of {@link ScaleRows}. */
  String replaced(String page, String row, List<String> lines) throws IOException {
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(END, from);
    if (from < begin.length() || to < 0) {
      throw new IOException(
          "markers: none (expected: '" + begin.strip() + "' and '" + END.strip() + "')");
    }
    List<String> table = page.substring(from, to).lines().filter(line -> !line.isBlank()).toList();
    List<String> updated = new ArrayList<>(table.subList(0, HEAD_LINES));
    for (Row each : ScaleRows.all()) {
      if (each.name().equals(row)) {
        updated.addAll(lines);
      } else {
        table.stream().filter(line -> line.startsWith(cell(each.name()))).forEach(updated::add);
      }
    }
    return page.substring(0, from)
        + "\n"
        + String.join("\n", updated)
        + "\n\n"
        + page.substring(to);
  }

  /** One line of a table. */
  static String line(String row, String... cells) {
    return cell(row) + " " + String.join(" | ", cells) + " |";
  }

  private static String cell(String row) {
    return "| " + row + " |";
  }
}
