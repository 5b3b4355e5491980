package org.peerrelay.wire;

import java.nio.charset.StandardCharsets;

/** Scans texts from end to end, as a reader that wants one JSON value and nothing else would. */
final class WholeText {
  private WholeText() {}

  static void scan(String text) throws MalformedFrameException, UnfitDatagramException {
    scan(text.getBytes(StandardCharsets.UTF_8));
  }

  static void scan(byte[] text) throws MalformedFrameException, UnfitDatagramException {
    JsonScanner json = new JsonScanner(text, 0, text.length);
    json.skipValue();
    json.expectEnd();
  }

  static boolean isAccepted(byte[] text) {
    try {
      scan(text);
      return true;
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      return false;
    }
  }
}
