package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;

/** Frames of the npm package itself: read as they are meant, and written just as it writes them. */
class NpmFramesTest {
  private static final PeerId SERVER = id("3de4f901fffb30ac720b0e7eb654b4faa2dd03fa");
  private static final PeerId ALICE = id("522b276a356bdf39013dfabea2cd43e141ecc9e8");
  private static final PeerId BOB = id("48181acd22b3edaebc8a447868a7df7ce629920a");

  /** What the npm peers were made to say, under the names of the frames in which they said it. */
  private static final Map<String, Message> MEANT =
      Map.ofEntries(
          Map.entry("find-peers", new Message.FindPeers(ALICE)),
          Map.entry("found-peers", new Message.FoundPeers(List.of(BOB, ALICE, SERVER))),
          Map.entry("handshake-offer", new Message.HandshakeOffer()),
          Map.entry("handshake-answer", new Message.HandshakeAnswer(null, false)),
          Map.entry(
              "handshake-answer-with-url",
              new Message.HandshakeAnswer("ws://localhost:8000", false)),
          Map.entry(
              "signal-sdp",
              new Message.Signal(
                  "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n\"}")),
          Map.entry(
              "signal-candidate",
              new Message.Signal(
                  "{\"candidate\":{\"candidate\":\"candidate:1 1 udp 1 10.0.0.1 9 typ host\","
                      + "\"sdpMLineIndex\":0,\"sdpMid\":\"data\"}}")),
          Map.entry("user-string", json("\"hello\"")),
          Map.entry(
              "user-text",
              json(
                  "\"gr\u00fc\u00dfe, \u4e16\u754c \ud83d\ude00 \u2028 \\\"quoted\\\" \\\\ /"
                      + " \\b\\f\\n\\r\\t \\u0001 \u007f \\ud800\"")),
          Map.entry("user-fraction", json("-0.00000125")),
          Map.entry("user-large-number", json("1.5e+300")),
          Map.entry("user-zero", json("0")),
          Map.entry("user-true", json("true")),
          Map.entry("user-null", json("null")),
          Map.entry("user-undefined", new Message.User(Payload.undefined())),
          Map.entry(
              "user-object",
              json(
                  "{\"a\":1,\"b\":[true,null,{\"c\":\"d\"}],\"\":0,\"\u043a\u043b\u044e\u0447\":\"x\"}")),
          Map.entry("user-empty-object", json("{}")),
          Map.entry("user-empty-array", json("[]")),
          Map.entry("user-buffer", bytes(0, 1, 9, 10, 99, 100, 127, 128, 255)),
          Map.entry("user-empty-buffer", bytes()),
          Map.entry("user-nested-buffer", json("{\"b\":{\"type\":\"Buffer\",\"data\":[104,105]}}")),
          Map.entry(
              "socket",
              json(
                  "{\"buffer\":{\"type\":\"Buffer\",\"data\":[112,105,110,103]},"
                      + "\"address\":\"897d21056a341314b60764c31b36c1fad542e78a\",\"port\":4192}")));

  @Test
  void theFirstFrameOfALinkIsAnId() throws Exception {
    byte[] hello = NpmFrames.of("hello").getBytes(StandardCharsets.UTF_8);

    assertEquals(SERVER, LegacyReader.readHello(hello));
  }

  @Test
  void theFirstFrameOfALinkIsWrittenAsNpmWritesIt() {
    assertEquals(NpmFrames.of("hello"), WrittenFrame.hello(SERVER));
  }

  static Stream<String> meant() {
    return MEANT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("meant")
  void aFrameIsReadAsItIsMeant(String name) throws Exception {
    LegacyDatagram datagram = FrameText.read(NpmFrames.of(name));

    assertEquals(MEANT.get(name), datagram.message());
    assertEquals(List.of(datagram.header().from()), datagram.header().path());
  }

  @ParameterizedTest
  @MethodSource("meant")
  void aFrameIsWrittenAsNpmWritesIt(String name) throws Exception {
    Header header = FrameText.read(NpmFrames.of(name)).header();
    Header unsent =
        new Header(header.to(), header.from(), header.nonce(), header.kind(), List.of());
    Message message = MEANT.get(name);
    if (message != null) {
      assertEquals(NpmFrames.of(name), WrittenFrame.originate(unsent, message));
    }
  }

  static Stream<String> relayed() {
    return NpmFrames.ALL.keySet().stream().filter(name -> name.startsWith(NpmFrames.RELAYED));
  }

  @ParameterizedTest
  @MethodSource("relayed")
  void aRelayMakesOfAFrameWhatAnNpmRelayMakesOfItButWithIdsInHex(String name) throws Exception {
    String direct = NpmFrames.of(name.substring(NpmFrames.RELAYED.length()));
    String byNpm = withHexIds(NpmFrames.of(name));

    assertEquals(byNpm, WrittenFrame.forward(FrameText.read(direct), SERVER));
  }

  @ParameterizedTest
  @MethodSource("relayed")
  void aFrameThatAnNpmRelayPassedOnMeansTheSame(String name) throws Exception {
    LegacyDatagram direct =
        FrameText.read(NpmFrames.of(name.substring(NpmFrames.RELAYED.length())));
    LegacyDatagram relayed = FrameText.read(NpmFrames.of(name));

    assertEquals(direct.message(), relayed.message());
    assertEquals(direct.header().to(), relayed.header().to());
    assertEquals(direct.header().from(), relayed.header().from());
    assertEquals(direct.header().nonce(), relayed.header().nonce());
    assertEquals(List.of(direct.header().from(), SERVER), relayed.header().path());
  }

  @Test
  void anUnknownTypeIsOfTheOtherKind() throws Exception {
    assertEquals(MessageKind.OTHER, FrameText.read(NpmFrames.of("unknown-type")).header().kind());
  }

  /** The frame with both ids, which an npm relay writes as Buffers, in hex. */
  private static String withHexIds(String frame) throws Exception {
    Header header = FrameText.read(frame).header();
    return frame
        .replaceFirst("\"to\":\\{[^}]*}", "\"to\":\"" + header.to() + "\"")
        .replaceFirst("\"from\":\\{[^}]*}", "\"from\":\"" + header.from() + "\"");
  }

  private static PeerId id(String hex) {
    return PeerId.ofHex(hex);
  }

  private static Message json(String text) {
    return new Message.User(Payload.json(text));
  }

  private static Message bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new Message.User(Payload.bytes(bytes));
  }
}
