package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page in the documentation whose middle part is measured, between two markers. */
final class PerformancePage {
  private static final String BEGIN = "<!-- measured by scripts/compare -->\n";
  private static final String END = "<!-- end of what was measured -->\n";

  private PerformancePage() {}

  /**
   * Puts {@code measured} between the markers of the page.
   *
   * @throws IOException if the page is not there or has no markers
   */
  static void update(Path page, String measured) throws IOException {
    Files.writeString(page, replaced(Files.readString(page), measured));
  }

  static String replaced(String page, String measured) throws IOException {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          "markers: none (expected: '" + BEGIN.strip() + "' and '" + END.strip() + "')");
    }
    return page.substring(0, begin) + BEGIN + "\n" + measured + "\n" + page.substring(end);
  }
}
