package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.peerrelay.wire.legacy.FrameText.buffer;
import static org.peerrelay.wire.legacy.FrameText.user;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.message.DropReason;
import org.peerrelay.wire.UnfitDatagramException;

/** JSON that is no datagram: each case breaks one rule of a sound one. */
class LegacyReaderRefusesTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void theDatagramThatTheCasesSpoilIsSound() {
    assertDoesNotThrow(() -> user().read());
  }

  @ParameterizedTest
  @MethodSource({"ids", "paths", "nonces", "data", "members"})
  void aDatagramWith(FrameText frame) {
    UnfitDatagramException refusal =
        assertThrows(UnfitDatagramException.class, frame::read, frame::text);

    assertEquals(DropReason.MALFORMED, refusal.reason());
  }

  @ParameterizedTest
  @MethodSource("otherJson")
  void aFrameThatIs(String text) {
    UnfitDatagramException refusal =
        assertThrows(UnfitDatagramException.class, () -> FrameText.read(text));

    assertEquals(DropReason.MALFORMED, refusal.reason());
  }

  static Stream<Named<String>> otherJson() {
    return Stream.of(
        Named.of("null", "null"),
        Named.of("a number", "1"),
        Named.of("a string", "\"hello\""),
        Named.of("an array", "[]"),
        Named.of("an empty object", "{}"),
        Named.of("the first frame again", buffer(20)));
  }

  static Stream<Named<FrameText>> ids() {
    return Stream.of("to", "from")
        .flatMap(
            name ->
                Stream.of(
                    Named.of("no " + name, user().without(name)),
                    id(name, "null", "null"),
                    id(name, "a number", "1"),
                    id(name, "an array", "[]"),
                    id(name, "an empty object", "{}"),
                    id(name, "an empty string", "\"\""),
                    id(name, "39 digits", '"' + HEX.substring(1) + '"'),
                    id(name, "41 digits", '"' + HEX + "0\""),
                    id(name, "a digit that is none", '"' + HEX.replace('f', 'g') + '"'),
                    id(name, "a digit beyond ASCII", '"' + HEX.replace('1', '\u0661') + '"'),
                    id(name, "an escaped digit", '"' + HEX.replace("a", "\\u0061") + '"'),
                    id(name, "no bytes", buffer(0)),
                    id(name, "19 bytes", buffer(19)),
                    id(name, "21 bytes", buffer(21)),
                    id(name, "a byte of 256", lastByte("256")),
                    id(name, "a byte of -1", lastByte("-1")),
                    id(name, "a byte of 1.5", lastByte("1.5")),
                    id(name, "a byte of 1e1", lastByte("1e1")),
                    id(name, "a byte that is a string", lastByte("\"1\"")),
                    id(name, "a byte that is null", lastByte("null")),
                    id(name, "another type of object", buffer(20).replace("Buffer", "buffer")),
                    id(name, "a Buffer without data", "{\"type\":\"Buffer\"}"),
                    id(name, "a Buffer with more members", buffer(20).replace("}", ",\"a\":1}"))));
  }

  private static Named<FrameText> id(String name, String what, String json) {
    return Named.of(name + ": " + what, user().with(name, json));
  }

  private static String lastByte(String json) {
    return buffer("7,".repeat(19) + json);
  }

  static Stream<Named<FrameText>> paths() {
    return Stream.of(
        Named.of("no path", user().without("path")),
        Named.of("a path of null", user().with("path", "null")),
        Named.of("a path that is a string", user().with("path", '"' + HEX + '"')),
        Named.of("a path that is an object", user().with("path", "{}")),
        Named.of("a path that holds null", user().with("path", "[null]")),
        Named.of("a path that holds a number", user().with("path", "[1]")),
        Named.of("a path that holds a path", user().with("path", "[[]]")),
        Named.of("a path that holds a short id", user().with("path", "[\"0123\"]")),
        Named.of("a path that holds a Buffer", user().with("path", "[" + buffer(20) + "]")));
  }

  static Stream<Named<FrameText>> nonces() {
    return Stream.of(
        Named.of("no nonce", user().without("nonce")),
        Named.of("a nonce of null", user().with("nonce", "null")),
        Named.of("a numeric nonce", user().with("nonce", "123")),
        Named.of("a nonce that is an array", user().with("nonce", "[\"123\"]")),
        Named.of("an empty nonce", user().with("nonce", "\"\"")),
        Named.of("a negative nonce", user().with("nonce", "\"-1\"")),
        Named.of("a nonce with plus", user().with("nonce", "\"+1\"")),
        Named.of("a nonce with a space", user().with("nonce", "\"1 \"")),
        Named.of("a nonce with a fraction", user().with("nonce", "\"1.5\"")),
        Named.of("a nonce with an exponent", user().with("nonce", "\"1e21\"")),
        Named.of("a hexadecimal nonce", user().with("nonce", "\"a1\"")),
        Named.of("a nonce with a leading zero", user().with("nonce", "\"01\"")),
        Named.of("a nonce of two zeros", user().with("nonce", "\"00\"")),
        Named.of("a nonce of 16 digits", user().with("nonce", "\"1000000000000000\"")),
        Named.of("a nonce of other digits", user().with("nonce", "\"\u0661\"")),
        Named.of("a nonce with an escape", user().with("nonce", "\"\\u0031\"")),
        Named.of("a nonce that every JavaScript object has", user().with("nonce", "\"toString\"")));
  }

  static Stream<Named<FrameText>> data() {
    return Stream.of(
        Named.of("no data", user().without("data")),
        Named.of("data of null", user().with("data", "null")),
        Named.of("data that is a string", user().with("data", "\"user\"")),
        Named.of("data that is an array", user().with("data", "[]")),
        Named.of("data without type", user().with("data", "{\"data\":1}")),
        Named.of("empty data", user().with("data", "{}")),
        Named.of("a type of null", user().with("data", "{\"type\":null}")),
        Named.of("a type that is a number", user().with("data", "{\"type\":1}")),
        Named.of("a type with an escape", user().with("data", "{\"type\":\"us\\u0065r\"}")),
        Named.of("a type beyond ASCII", user().with("data", "{\"type\":\"\u00fcser\"}")),
        Named.of("a type of 65 characters", FrameText.of("x".repeat(65), "1")));
  }

  static Stream<Named<FrameText>> members() {
    return Stream.of(
        twice("to", '"' + HEX + '"'),
        twice("from", '"' + HEX + '"'),
        twice("path", "[]"),
        twice("nonce", "\"1\""),
        twice("data", "{\"type\":\"user\"}"),
        Named.of("data again, but empty", user().withRawName(" \"data\"", "{}")),
        Named.of(
            "data.type twice", user().with("data", "{\"type\":\"user\",\"type\":\"findPeers\"}")),
        Named.of(
            "data.data twice", user().with("data", "{\"type\":\"user\",\"data\":1,\"data\":2}")),
        Named.of("an escaped name that is known", user().withRawName("\"\\u0074o\"", "1")),
        Named.of("an escaped name in data", user().with("data", "{\"t\\u0079pe\":\"user\"}")),
        Named.of("a name of 257 characters", user().with("x".repeat(257), "1")));
  }

  private static Named<FrameText> twice(String name, String json) {
    // White space tells the second from the first in the builder, not in the frame.
    return Named.of(name + " twice", user().withRawName(" \"" + name + '"', json));
  }
}
