package org.peerrelay.daemon;

import java.util.Locale;

/**
 * Makes text from anywhere fit for one line: what could move the cursor, start a line or reverse
 * the order of the text on a terminal is written as an escape instead.
 */
final class OneLine {
  private OneLine() {}

  /** For people to read. Escapes look like those of Java; a backslash stays as it is. */
  static String of(String text) {
    if (text.codePoints().noneMatch(OneLine::playsTricks)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(line, c));
    return line.toString();
  }

  /** A JSON text on one line, of the same meaning. Outside of strings a line end is white space. */
  static String ofJson(String json) {
    if (json.chars().noneMatch(OneLine::isRawControl)) {
      return json;
    }
    StringBuilder line = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (!isRawControl(c)) {
        line.append(c);
      } else {
        line.append(c < ' ' ? " " : escape(c));
      }
    }
    return line.toString();
  }

  private static boolean isRawControl(int c) {
    return Character.isISOControl(c);
  }

  private static void append(StringBuilder line, int c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (playsTricks(c)) {
          line.append(escape(c));
        } else {
          line.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean playsTricks(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> isDirection(c);
      default -> false;
    };
  }

  /** The controls of the bidirectional algorithm (Unicode Standard Annex 9). */
  private static boolean isDirection(int c) {
    return c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static String escape(int c) {
    return String.format(Locale.ROOT, "\\u%04x", c);
  }
}
