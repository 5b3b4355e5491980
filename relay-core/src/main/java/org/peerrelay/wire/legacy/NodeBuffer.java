package org.peerrelay.wire.legacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * Bytes as {@code JSON.stringify} writes a Node {@code Buffer}: {@code
 * {"type":"Buffer","data":[1,2]}}. The form is recognised only when spelled exactly so, members in
 * this order and nothing else inside: any other object is an application's own.
 */
final class NodeBuffer {
  private static final byte[] OPENING = ascii("{\"type\":\"Buffer\",\"data\":[");
  private static final byte[] CLOSING = ascii("]}");

  /** The longest JSON of one byte: three digits and a comma. */
  private static final int MAX_CHARACTERS_PER_BYTE = 4;

  private static final int MAX_NAME = 8;

  private NodeBuffer() {}

  /**
   * Passes the form and returns its bytes; null, with the scanner anywhere, if the text has another
   * form or more than {@code maxBytes}.
   */
  static byte @Nullable [] read(JsonScanner json, int maxBytes) throws MalformedFrameException {
    try {
      json.expect('{');
      if (!readName(json, "type")
          || !json.plainString(MAX_NAME).equals("Buffer")
          || !json.passes(',')
          || !readName(json, "data")
          || !json.passes('[')) {
        return null;
      }
    } catch (UnfitDatagramException otherShape) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!json.passes(']')) {
      do {
        int value = json.smallNumber(255);
        if (value < 0 || bytes.size() == maxBytes) {
          return null;
        }
        bytes.write(value);
      } while (json.passes(','));
      if (!json.passes(']')) {
        return null;
      }
    }
    return json.passes('}') ? bytes.toByteArray() : null;
  }

  /** Writes {@code bytes} in the form, appending to {@code out}. */
  static void write(byte[] bytes, ByteArrayOutputStream out) {
    out.writeBytes(OPENING);
    byte[] numbers = new byte[bytes.length * MAX_CHARACTERS_PER_BYTE];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i > 0) {
        numbers[length++] = ',';
      }
      int value = bytes[i] & 0xff;
      if (value >= 100) {
        numbers[length++] = (byte) ('0' + value / 100);
      }
      if (value >= 10) {
        numbers[length++] = (byte) ('0' + value / 10 % 10);
      }
      numbers[length++] = (byte) ('0' + value % 10);
    }
    out.write(numbers, 0, length);
    out.writeBytes(CLOSING);
  }

  private static boolean readName(JsonScanner json, String name)
      throws MalformedFrameException, UnfitDatagramException {
    boolean same = json.plainString(MAX_NAME).equals(name);
    json.expect(':');
    return same;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
