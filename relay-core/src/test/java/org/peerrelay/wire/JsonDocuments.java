package org.peerrelay.wire;

import java.util.List;
import java.util.Random;

/** Draws JSON documents that hold a little of everything. */
final class JsonDocuments {
  private static final List<String> NUMBERS =
      List.of("0", "-0", "7", "-12", "1.5", "1e5", "-0.25E-3", "1E+2", "123456789012345678901");

  private static final List<String> STRINGS =
      List.of(
          "\"\"",
          "\"a\"",
          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
          "\"\\u00e4\\uD83D\"",
          "\"\u00fc\u4e16\ud83d\ude00\"",
          "\"{[:,]}\"");

  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t\r\n ");

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private JsonDocuments(Random random) {
    this.random = random;
  }

  /** A document of some hundred bytes, seldom one that nests about as deeply as is allowed. */
  static String draw(Random random) {
    JsonDocuments document = new JsonDocuments(random);
    int wrapping = random.nextInt(40) == 0 ? JsonScanner.MAX_DEPTH - random.nextInt(5) : 0;
    document.text.append("[".repeat(wrapping));
    document.value(3);
    document.text.append("]".repeat(wrapping));
    return document.text.toString();
  }

  private void value(int levels) {
    space();
    switch (random.nextInt(levels > 0 ? 7 : 4)) {
      case 0 -> text.append(pick(NUMBERS));
      case 1, 2 -> text.append(pick(STRINGS));
      case 3 -> text.append(pick(List.of("true", "false", "null")));
      case 4 -> array(levels - 1);
      default -> object(levels - 1);
    }
    space();
  }

  private void array(int levels) {
    text.append('[');
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      text.append(i > 0 ? "," : "");
      value(levels);
    }
    text.append(']');
  }

  private void object(int levels) {
    text.append('{');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      text.append(i > 0 ? "," : "");
      space();
      text.append(pick(STRINGS));
      space();
      text.append(':');
      value(levels);
    }
    text.append('}');
  }

  private void space() {
    text.append(pick(SPACES));
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
