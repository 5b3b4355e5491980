package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.wire.legacy.FrameText.buffer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.JsonScanner;

/** Where bytes are seen in JSON, and which payloads can be sent. */
class LegacyPayloadsTest {
  @Test
  void aBufferIsBytes() throws Exception {
    assertArrayEquals(new byte[] {0, 1, 10, 100, 127, -128, -1}, bytesOf("0,1,10,100,127,128,255"));
  }

  @Test
  void anEmptyBufferIsNoBytes() throws Exception {
    assertArrayEquals(new byte[0], bytesOf(""));
  }

  @Test
  void aBufferWithWhiteSpaceInItIsBytes() throws Exception {
    String spaced = "{ \"type\" : \"Buffer\" ,\n\"data\" : [ 1 , 2 ] }";

    assertEquals(Payload.bytes(new byte[] {1, 2}), payload(spaced));
  }

  @ParameterizedTest
  @MethodSource("almostBuffers")
  void whatIsSpelledOtherwiseIsAnApplicationsOwn(String json) throws Exception {
    assertEquals(Payload.json(json), payload(json));
  }

  static Stream<Named<String>> almostBuffers() {
    return Stream.of(
        Named.of("an object without members", "{}"),
        Named.of("no data", "{\"type\":\"Buffer\"}"),
        Named.of("another order", "{\"data\":[1],\"type\":\"Buffer\"}"),
        Named.of("another type", "{\"type\":\"buffer\",\"data\":[1]}"),
        Named.of("a type that is no string", "{\"type\":1,\"data\":[1]}"),
        Named.of("a longer type", "{\"type\":\"BufferBuffer\",\"data\":[1]}"),
        Named.of("an escape in the type", "{\"type\":\"Buffe\\u0072\",\"data\":[1]}"),
        Named.of("an escape in a name", "{\"type\":\"Buffer\",\"dat\\u0061\":[1]}"),
        Named.of("another name", "{\"type\":\"Buffer\",\"date\":[1]}"),
        Named.of("a longer name", "{\"type\":\"Buffer\",\"datadatadata\":[1]}"),
        Named.of("one member more", "{\"type\":\"Buffer\",\"data\":[1],\"a\":1}"),
        Named.of("data that is a string", "{\"type\":\"Buffer\",\"data\":\"01\"}"),
        Named.of("data that is an object", "{\"type\":\"Buffer\",\"data\":{}}"),
        Named.of("a byte of 256", buffer("1,256")),
        Named.of("a byte of -1", buffer("-1")),
        Named.of("a byte of 1.5", buffer("1.5")),
        Named.of("a byte of 1e1", buffer("1e1")),
        Named.of("a byte that is a string", buffer("1,\"1\"")),
        Named.of("a byte that is an array", buffer("[]")),
        Named.of("a Buffer within", "{\"b\":" + buffer("1") + "}"),
        Named.of("a Buffer in an array", "[" + buffer("1") + "]"));
  }

  @Test
  void everyByteSurvivesBeingWrittenAndRead() throws Exception {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LegacyPayloads.write(Payload.bytes(bytes), out);

    assertTrue(out.toString(StandardCharsets.UTF_8).endsWith(",254,255]}"));
    assertEquals(Payload.bytes(bytes), payload(out.toString(StandardCharsets.UTF_8)));
  }

  @Test
  void bytesAndNothingCanAlwaysBeSent() {
    assertDoesNotThrow(() -> LegacyWriter.checkPayload(Payload.bytes(new byte[] {'[', 0, -1})));
    assertDoesNotThrow(() -> LegacyWriter.checkPayload(Payload.undefined()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "\"a\"", " [1] ", "{\"a\":1,\"a\":2}"})
  void jsonCanBeSent(String json) {
    assertDoesNotThrow(() -> LegacyWriter.checkPayload(Payload.json(json)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hello", "{", "1 2", "{}{}", "\"a\nb\"", "1}", "\ufeff1"})
  void whatIsNoJsonCannotBeSent(String text) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> LegacyWriter.checkPayload(Payload.json(text)));

    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("payload: no JSON value: "), message);
  }

  @Test
  void jsonThatNestsAsDeeplyAsAllowedCanBeSent() {
    assertDoesNotThrow(() -> LegacyWriter.checkPayload(nested(JsonScanner.MAX_DEPTH)));
  }

  @Test
  void jsonThatNestsDeeperCannotBeSent() {
    assertThrows(
        IllegalArgumentException.class,
        () -> LegacyWriter.checkPayload(nested(JsonScanner.MAX_DEPTH + 1)));
  }

  private static Payload nested(int levels) {
    return Payload.json("[".repeat(levels) + "]".repeat(levels));
  }

  private static byte[] bytesOf(String numbers) throws Exception {
    Payload payload = payload(buffer(numbers));
    assertEquals(Payload.Kind.BYTES, payload.kind());
    return payload.toBytes();
  }

  private static Payload payload(String json) throws Exception {
    Message message = FrameText.of("user", json).read().message();
    return message instanceof Message.User user ? user.payload() : Payload.json("no message");
  }
}
