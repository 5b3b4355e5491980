package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.peerrelay.wire.legacy.FrameText.user;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.wire.MalformedFrameException;

/** Frames that are no JSON, whatever part of a datagram it is that breaks. */
class LegacyReaderMalformedTest {
  private static final byte[] WHOLE =
      FrameText.of("user", "{\"a\":[1,true,null,\"\\u00fc\"]}")
          .with("to", FrameText.buffer(20))
          .with("path", FrameText.path(2))
          .with("extra", "[{}]")
          .text()
          .getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @MethodSource("texts")
  void aFrameThatIs(String text) {
    assertThrows(MalformedFrameException.class, () -> FrameText.read(text));
  }

  static Stream<Named<String>> texts() {
    return Stream.of(
        Named.of("empty", ""),
        Named.of("white space", " "),
        Named.of("plain text", "hello"),
        Named.of("an id without quotes", FrameText.TO.hex()),
        Named.of("an HTTP request", "GET / HTTP/1.1\r\n\r\n"),
        Named.of("a byte order mark and a datagram", "\ufeff" + user().text()),
        Named.of("two datagrams", user().text() + user().text()),
        Named.of("a datagram and a comma", user().text() + ","),
        Named.of("an array that does not end", "[" + user().text()));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aDatagramWith(FrameText frame) {
    assertThrows(MalformedFrameException.class, frame::read, frame::text);
  }

  static Stream<Named<FrameText>> frames() {
    return Stream.of(
        Named.of("a target without quotes", user().with("to", FrameText.TO.hex())),
        Named.of("an undefined target", user().with("to", "undefined")),
        Named.of("a broken Buffer", user().with("from", "{\"type\":\"Buffer\",\"data\":[1}")),
        Named.of("a Buffer byte with a leading zero", user().with("to", FrameText.buffer("01"))),
        Named.of("a comma before the end of the path", user().with("path", "[\"\",]")),
        Named.of("a nonce with a raw tab", user().with("nonce", "\"1\t\"")),
        Named.of("no content after a colon", user().with("data", "{\"type\":\"user\",\"data\":}")),
        Named.of("content with a leading zero", FrameText.of("user", "01")),
        Named.of("content that is NaN", FrameText.of("user", "NaN")),
        Named.of("content with a raw line feed", FrameText.of("user", "\"\n\"")),
        Named.of("a broken id to find", FrameText.of("findPeers", "\"\\x\"")),
        Named.of("a broken type", user().with("data", "{\"type\":\"\\x\"}")),
        Named.of("a member without name", user().withRawName("", "1")),
        Named.of("a member whose name is a number", user().withRawName("1", "1")),
        Named.of("a broken member that nobody reads", user().with("extra", "[1,]")),
        Named.of(
            "a broken member that nobody reads, in data",
            user().with("data", "{\"type\":\"user\",\"extra\":+1}")));
  }

  @Test
  void aDatagramThatIsBrokenOnlyAfterAMistakeOfAnotherKind() {
    FrameText frame = user().with("nonce", "123").with("extra", "{");

    assertThrows(MalformedFrameException.class, frame::read);
  }

  @ParameterizedTest(name = "the first {0} bytes")
  @MethodSource("lengths")
  void aDatagramCutShort(int length) {
    assertThrows(
        MalformedFrameException.class, () -> LegacyReader.read(Arrays.copyOf(WHOLE, length)));
  }

  static IntStream lengths() {
    return IntStream.range(0, WHOLE.length);
  }
}
