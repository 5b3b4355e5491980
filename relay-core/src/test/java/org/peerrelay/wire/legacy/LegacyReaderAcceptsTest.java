package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.peerrelay.wire.legacy.FrameText.FROM;
import static org.peerrelay.wire.legacy.FrameText.TO;
import static org.peerrelay.wire.legacy.FrameText.user;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;

/** What senders may vary without changing what is meant. */
class LegacyReaderAcceptsTest {
  @Test
  void theHeaderHoldsWhatTheFrameSays() throws Exception {
    assertEquals(
        new Header(TO, FROM, 123, MessageKind.USER, List.of(FROM)), user().read().header());
  }

  @Test
  void theSizeIsThatOfTheWholeFrame() throws Exception {
    assertEquals(user().text().length(), user().read().sizeBytes());
  }

  @Test
  void idsMayBeBuffers() throws Exception {
    Header header =
        user()
            .with("to", bufferOf(TO.toBytes()))
            .with("from", bufferOf(FROM.toBytes()))
            .read()
            .header();

    assertEquals(TO, header.to());
    assertEquals(FROM, header.from());
  }

  @Test
  void bufferBytesMayBeAnyFrom0To255() throws Exception {
    byte[] bytes = {
      0, 1, 9, 10, 99, 100, 127, -128, -1, -56, 2, 20, 3, 30, 4, 40, 5, 50, 6, (byte) 199
    };

    assertEquals(PeerId.ofBytes(bytes), user().with("to", bufferOf(bytes)).read().header().to());
  }

  @Test
  void hexDigitsMayBeCapitals() throws Exception {
    String capitals = '"' + FROM.hex().toUpperCase(Locale.ROOT) + '"';

    Header header =
        user().with("from", capitals).with("path", "[" + capitals + "]").read().header();

    assertEquals(FROM, header.from());
    assertEquals(List.of(FROM), header.path());
  }

  @Test
  void membersMayStandInAnyOrder() throws Exception {
    FrameText turned = user().without("to").with("to", '"' + TO.hex() + '"');

    assertEquals(user().read().header(), turned.read().header());
  }

  @Test
  void dataMayNameItsContentBeforeItsType() throws Exception {
    LegacyDatagram datagram =
        user().with("data", "{\"data\":\"" + TO.hex() + "\",\"type\":\"findPeers\"}").read();

    assertEquals(new Message.FindPeers(TO), datagram.control());
  }

  @Test
  void whiteSpaceMayStandBetweenAllTokens() throws Exception {
    String spaced = user().text().replaceAll("([{}:,]|\\[|])", " \n$1\t\r");

    LegacyDatagram datagram = FrameText.read(spaced);

    assertEquals(user().read().header(), datagram.header());
    assertEquals(new Message.User(Payload.json("\"hello\"")), datagram.message());
  }

  @Test
  void membersThatTheFormatDoesNotKnowArePassedOver() throws Exception {
    FrameText frame =
        user()
            .with("version", "2")
            .with("__proto__", "{\"to\":null}")
            .with("data", "{\"extra\":{\"type\":1},\"type\":\"user\",\"more\":[]}");

    assertEquals(new Message.User(Payload.undefined()), frame.read().message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "9", "10", "100000000000000", "999999999999999"})
  void aNonceIsADecimalNumberOfUpToFifteenDigits(String nonce) throws Exception {
    assertEquals(
        Long.parseLong(nonce), user().with("nonce", '"' + nonce + '"').read().header().nonce());
  }

  @Test
  void aPathMayBeEmpty() throws Exception {
    assertEquals(List.of(), user().with("path", "[]").read().header().path());
  }

  @Test
  void aPathKeepsItsOrder() throws Exception {
    assertEquals(
        List.of(FROM, new PeerId(1, 1, 1), new PeerId(2, 2, 2)),
        user().with("path", FrameText.path(3)).read().header().path());
  }

  @Test
  void anUnknownTypeIsPassedOnAndNotUnderstood() throws Exception {
    LegacyDatagram datagram = FrameText.of("telepathy", "[1]").read();

    assertEquals(MessageKind.OTHER, datagram.header().kind());
    assertNull(datagram.control());
    assertNull(datagram.message());
  }

  @Test
  void aTypeMayHave64Characters() {
    assertDoesNotThrow(() -> FrameText.of("x".repeat(64), "1").read());
  }

  @Test
  void aUsersMessageIsNoControlMessage() throws Exception {
    assertNull(user().read().control());
  }

  @Test
  void aUsersMessageWithoutContentIsUndefined() throws Exception {
    assertEquals(new Message.User(Payload.undefined()), FrameText.of("user", "").read().message());
  }

  @ParameterizedTest
  @MethodSource("jsonPayloads")
  void aUsersMessageMayBeAnyJson(String json) throws Exception {
    assertEquals(new Message.User(Payload.json(json)), FrameText.of("user", json).read().message());
  }

  static Stream<String> jsonPayloads() {
    return Stream.of(
        "null",
        "true",
        "false",
        "0",
        "-1.5e-7",
        "\"\"",
        "\"gr\u00fc\u00dfe \u4e16 \ud83d\ude00 \u2028\"",
        "\"\\ud800 \\u0000\"",
        "[]",
        "[1,[2]]",
        "{}",
        "{\"a\":{\"\":1}}",
        "{\"a\":1,\"a\":2}",
        "{\"\\u0061\":1}");
  }

  private static String bufferOf(byte[] bytes) {
    StringBuilder numbers = new StringBuilder();
    for (byte b : bytes) {
      numbers.append(numbers.isEmpty() ? "" : ",").append(b & 0xff);
    }
    return FrameText.buffer(numbers.toString());
  }
}
