package org.peerrelay.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages texts and binary frames, as faults and attackers would. */
public final class Mutations {
  private static final byte[] TELLING_BYTES =
      "{}[]:,\"\\ \t\n0123456789-+.eEtrufalsn/bx'".getBytes(StandardCharsets.US_ASCII);

  private static final List<byte[]> TELLING_TEXTS =
      List.of(
          utf8("null"),
          utf8("true"),
          utf8("{}"),
          utf8("[]"),
          utf8("\"\""),
          utf8(",\"data\":1"),
          utf8("{\"type\":\"Buffer\",\"data\":[1,2]}"),
          utf8("\\u0061"),
          utf8("\u00fc\u2028\ufeff"),
          utf8("\u0000"),
          utf8("1e999"),
          utf8("-"),
          utf8("[".repeat(600)),
          utf8("]".repeat(600)));

  /** Where counters, lengths and signs turn over. */
  private static final byte[] EXTREME_BYTES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};

  private Mutations() {}

  /** A copy of {@code text} with one to three changes, each of a random kind at a random place. */
  public static byte[] of(byte[] text, Random random) {
    byte[] mutated = text;
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      mutated = changed(mutated, random);
    }
    return mutated;
  }

  /** Whether {@code text} is UTF-8, as every text frame is that a WebSocket lets through. */
  public static boolean isUtf8(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] changed(byte[] text, Random random) {
    int from = random.nextInt(text.length + 1);
    int to = Math.min(text.length, from + random.nextInt(random.nextInt(20) == 0 ? 200 : 4));
    byte[] none = {};
    return switch (random.nextInt(9)) {
      case 0 -> replaced(text, from, to, none);
      case 1 -> replaced(text, from, to, new byte[] {telling(random)});
      case 2 -> replaced(text, from, from, new byte[] {telling(random)});
      case 3 -> replaced(text, from, from, new byte[] {(byte) random.nextInt(256)});
      case 4 -> replaced(text, from, to, TELLING_TEXTS.get(random.nextInt(TELLING_TEXTS.size())));
      case 5 -> replaced(text, from, from, Arrays.copyOfRange(text, from, to));
      case 6 -> overwritten(text, from, EXTREME_BYTES[random.nextInt(EXTREME_BYTES.length)]);
      case 7 -> withBitFlipped(text, from, random.nextInt(8));
      default -> random.nextInt(20) == 0 ? Arrays.copyOf(text, from) : swapped(text, random);
    };
  }

  /** Exchanges two bytes, which need not be beside one another. */
  private static byte[] swapped(byte[] text, Random random) {
    byte[] swapped = text.clone();
    if (text.length > 0) {
      int one = random.nextInt(text.length);
      int other = random.nextInt(text.length);
      swapped[one] = text[other];
      swapped[other] = text[one];
    }
    return swapped;
  }

  private static byte[] overwritten(byte[] text, int at, byte by) {
    byte[] overwritten = text.clone();
    if (at < text.length) {
      overwritten[at] = by;
    }
    return overwritten;
  }

  private static byte[] withBitFlipped(byte[] text, int at, int bit) {
    return at < text.length ? overwritten(text, at, (byte) (text[at] ^ 1 << bit)) : text;
  }

  private static byte[] replaced(byte[] text, int from, int to, byte[] by) {
    byte[] result = Arrays.copyOf(text, text.length - (to - from) + by.length);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(text, to, result, from + by.length, text.length - to);
    return result;
  }

  private static byte telling(Random random) {
    return TELLING_BYTES[random.nextInt(TELLING_BYTES.length)];
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
