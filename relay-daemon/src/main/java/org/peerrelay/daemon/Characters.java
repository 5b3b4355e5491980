package org.peerrelay.daemon;

import java.util.Optional;

/** Whether text from the command line is what the user wrote. */
final class Characters {
  /** What Java puts for bytes that the character set of the locale does not know. */
  private static final char REPLACEMENT = '\ufffd';

  private Characters() {}

  /** What is wrong with {@code text}, and what to do; empty if it can be taken as it is. */
  static Optional<String> problem(String text) {
    String characterSet = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (text.indexOf(REPLACEMENT) < 0 || characterSet.equals("UTF-8")) {
      return Optional.empty();
    }
    return Optional.of(
        "not readable in the character set of the locale, %s (expected: UTF-8);"
                .formatted(characterSet)
            + " set LC_ALL=C.UTF-8, or use --file -");
  }
}
