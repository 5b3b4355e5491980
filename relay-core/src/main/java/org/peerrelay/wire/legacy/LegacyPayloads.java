package org.peerrelay.wire.legacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.legacy.LegacyDatagram.Slice;

/** Application payloads and the JSON that stands for them. */
final class LegacyPayloads {
  private LegacyPayloads() {}

  /** The payload that the JSON value at {@code slice} stands for; the text is known to be JSON. */
  static Payload read(byte[] frame, Slice slice) throws MalformedFrameException {
    JsonScanner json = new JsonScanner(frame, slice.start(), slice.end());
    if (json.peek() == '{') {
      byte[] bytes = NodeBuffer.read(json, slice.length());
      if (bytes != null) {
        return Payload.bytes(bytes);
      }
    }
    return Payload.json(new String(frame, slice.start(), slice.length(), StandardCharsets.UTF_8));
  }

  /** Appends the JSON of {@code payload}, which must not be undefined. */
  static void write(Payload payload, ByteArrayOutputStream out) {
    if (payload.kind() == Payload.Kind.BYTES) {
      NodeBuffer.write(payload.toBytes(), out);
    } else {
      out.writeBytes(payload.toBytes());
    }
  }
}
