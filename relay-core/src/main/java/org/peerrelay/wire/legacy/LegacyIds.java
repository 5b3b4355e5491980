package org.peerrelay.wire.legacy;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;

/** The two spellings of an id in the legacy format: 40 hex digits, and a Node Buffer's JSON. */
final class LegacyIds {
  private LegacyIds() {}

  /** Reads either spelling. */
  static PeerId read(JsonScanner json) throws MalformedFrameException, UnfitDatagramException {
    return json.peek() == '{' ? readBuffer(json) : readHex(json);
  }

  /** Reads 40 hex digits. */
  static PeerId readHex(JsonScanner json) throws UnfitDatagramException {
    return PeerId.parse(json.plainString(PeerId.HEX_DIGITS)).orElseThrow(LegacyIds::noId);
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
