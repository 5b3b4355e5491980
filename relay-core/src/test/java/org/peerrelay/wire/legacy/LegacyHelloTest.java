package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.peerrelay.wire.legacy.FrameText.TO;
import static org.peerrelay.wire.legacy.FrameText.buffer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.MalformedFrameException;

/** The first frame of a link. */
class LegacyHelloTest {
  @Test
  void anIdMayBeABuffer() throws Exception {
    assertEquals(
        new PeerId(0x0707070707070707L, 0x0707070707070707L, 0x07070707), read(buffer(20)));
  }

  @Test
  void anIdMayBeHex() throws Exception {
    assertEquals(TO, read('"' + TO.hex() + '"'));
  }

  @Test
  void anIdMayBeHexInCapitals() throws Exception {
    assertEquals(TO, read('"' + TO.hex().toUpperCase(Locale.ROOT) + '"'));
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertEquals(TO, read(WrittenFrame.hello(TO)));
  }

  @ParameterizedTest
  @MethodSource("otherFrames")
  void anythingElseIsRefused(String text) {
    assertThrows(MalformedFrameException.class, () -> read(text));
  }

  static Stream<Named<String>> otherFrames() {
    return Stream.of(
        Named.of("nothing", ""),
        Named.of("no JSON", "hello"),
        Named.of("null", "null"),
        Named.of("a number", "42"),
        Named.of("an array", "[1,2]"),
        Named.of("an empty object", "{}"),
        Named.of("a datagram", FrameText.user().text()),
        Named.of("39 digits", '"' + TO.hex().substring(1) + '"'),
        Named.of("41 digits", '"' + TO.hex() + "0\""),
        Named.of("19 bytes", buffer(19)),
        Named.of("21 bytes", buffer(21)),
        Named.of("a byte of 256", buffer("7,".repeat(19) + "256")),
        Named.of("a byte of -1", buffer("7,".repeat(19) + "-1")),
        Named.of("a byte of 1.5", buffer("7,".repeat(19) + "1.5")),
        Named.of("an id and more", buffer(20) + "1"),
        Named.of("two ids", buffer(20) + buffer(20)),
        Named.of("a Buffer cut short", buffer(20).substring(0, 60)),
        Named.of("200,000 brackets", "[".repeat(200_000)),
        Named.of("200,000 objects", "{\"type\":".repeat(200_000)));
  }

  @Test
  void aHundredThousandBytesAreRefusedAtOnce() {
    String text = buffer(100_000);

    assertTimeout(
        Duration.ofSeconds(1), () -> assertThrows(MalformedFrameException.class, () -> read(text)));
  }

  private static PeerId read(String text) throws MalformedFrameException {
    return LegacyReader.readHello(text.getBytes(StandardCharsets.UTF_8));
  }
}
