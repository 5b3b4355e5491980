package org.peerrelay.wire.legacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Frames that {@code peer-relay@0.0.2} wrote on Node 20, caught between its peers: a line each, a
 * name, a space and the frame. Those whose name begins with {@code relayed-} are what an npm server
 * made of the frame whose name follows.
 */
final class NpmFrames {
  static final String RELAYED = "relayed-";

  /** By name, in the order of the file. */
  static final Map<String, String> ALL = load();

  private NpmFrames() {}

  static String of(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  private static Map<String, String> load() {
    try (InputStream file = NpmFrames.class.getResourceAsStream("/legacy/npm-frames.txt")) {
      Map<String, String> frames = new LinkedHashMap<>();
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .map(line -> line.split(" ", 2))
          .forEach(nameAndFrame -> frames.put(nameAndFrame[0], nameAndFrame[1]));
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
