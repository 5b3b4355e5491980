package org.peerrelay.wire.legacy;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;

/** The two spellings of an id in the legacy format: 40 hex digits, and a Node Buffer's JSON. */
final class LegacyIds {
  /** The values of hexadecimal digits of either case; -1 of all other ASCII. */
  private static final byte[] DIGITS = new byte[128];

  static {
    for (int c = 0; c < DIGITS.length; c++) {
      DIGITS[c] = (byte) Character.digit(c, 16);
    }
  }

  private LegacyIds() {}

  /** Reads either spelling. */
  static PeerId read(JsonScanner json) throws MalformedFrameException, UnfitDatagramException {
    return json.peek() == '{' ? readBuffer(json) : readHex(json);
  }

  /** Reads 40 hex digits. */
  static PeerId readHex(JsonScanner json) throws UnfitDatagramException {
    int start = json.passPlainString(PeerId.HEX_DIGITS);
    if (json.position() - 1 - start != PeerId.HEX_DIGITS) {
      throw noId();
    }
    return new PeerId(
        hex(json.text(), start) << Integer.SIZE | hex(json.text(), start + 8),
        hex(json.text(), start + 16) << Integer.SIZE | hex(json.text(), start + 24),
        (int) hex(json.text(), start + 32));
  }

  /** The number of which eight digits stand at {@code start}. */
  private static long hex(byte[] text, int start) throws UnfitDatagramException {
    long value = 0;
    long seen = 0;
    for (int i = start; i < start + 8; i++) {
      int digit = text[i] < 0 ? -1 : DIGITS[text[i]];
      seen |= digit;
      value = value << 4 | digit;
    }
    if (seen < 0) {
      throw noId();
    }
    return value;
  }

  private static PeerId readBuffer(JsonScanner json)
      throws MalformedFrameException, UnfitDatagramException {
    byte[] bytes = NodeBuffer.read(json, PeerId.BYTES);
    if (bytes == null || bytes.length != PeerId.BYTES) {
      throw noId();
    }
    return PeerId.ofBytes(bytes);
  }

  private static UnfitDatagramException noId() {
    return new UnfitDatagramException(
        DropReason.MALFORMED, "peer id: another shape (expected: 40 hex digits or 20 bytes)");
  }
}
