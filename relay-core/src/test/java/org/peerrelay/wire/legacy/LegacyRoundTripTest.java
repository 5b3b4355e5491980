package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;

/** What is written is read as it was meant, by its receiver and behind any number of relays. */
class LegacyRoundTripTest {
  private static final PeerId TO = FrameText.TO;
  private static final PeerId FROM = FrameText.FROM;
  private static final PeerId RELAY = new PeerId(-1, 0, 1);

  static Stream<Message> messages() {
    List<PeerId> twenty = IntStream.range(0, 20).mapToObj(i -> new PeerId(i, -i, i)).toList();
    return Stream.of(
        new Message.FindPeers(new PeerId(0, 0, 0)),
        new Message.FindPeers(new PeerId(-1, -1, -1)),
        new Message.FoundPeers(List.of()),
        new Message.FoundPeers(List.of(TO)),
        new Message.FoundPeers(twenty),
        new Message.HandshakeOffer(),
        new Message.HandshakeAnswer(null, false),
        new Message.HandshakeAnswer(null, true),
        new Message.HandshakeAnswer("ws://localhost:8000", false),
        new Message.HandshakeAnswer("wss://[::1]/a?b=c", true),
        new Message.Signal("{}"),
        new Message.Signal("{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\u00fc\"}"),
        new Message.User(Payload.undefined()),
        new Message.User(Payload.bytes(new byte[0])),
        new Message.User(Payload.bytes(new byte[] {0, 9, 10, 99, 100, 127, -128, -1})),
        new Message.User(Payload.bytes(new byte[60_000])),
        new Message.User(Payload.json("null")),
        new Message.User(Payload.json("false")),
        new Message.User(Payload.json("-1.5e-7")),
        new Message.User(Payload.json("\"\"")),
        new Message.User(Payload.json("\"gr\u00fc\u00dfe \u4e16 \ud83d\ude00 \u2028 \\ud800\"")),
        new Message.User(Payload.json("[]")),
        new Message.User(Payload.json("{\"a\":[1,{\"b\":null}]}")),
        new Message.User(Payload.json("\"" + "\u4e16".repeat(20_000) + "\"")));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageArrivesAsItWasSent(Message message) throws Exception {
    LegacyDatagram arrived = FrameText.read(WrittenFrame.originate(header(message), message));

    assertEquals(new Header(TO, FROM, 5, message.kind(), List.of(FROM)), arrived.header());
    assertEquals(message, arrived.message());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageArrivesAsItWasSentThroughARelay(Message message) throws Exception {
    String sent = WrittenFrame.originate(header(message), message);
    String forwarded = WrittenFrame.forward(FrameText.read(sent), RELAY);

    LegacyDatagram arrived = FrameText.read(forwarded);

    assertEquals(new Header(TO, FROM, 5, message.kind(), List.of(FROM, RELAY)), arrived.header());
    assertEquals(message, arrived.message());
  }

  @Test
  void anUnknownTypeIsForwardedWithAllThatItHolds() throws Exception {
    String data = "{\"type\":\"telepathy\", \"strength\":1.50,\"data\":[\"\u4e16\"]}";

    String forwarded = WrittenFrame.forward(FrameText.user().with("data", data).read(), RELAY);

    assertEquals(
        FrameText.user()
            .with("path", "[\"" + FROM.hex() + "\",\"" + RELAY.hex() + "\"]")
            .with("data", data)
            .text(),
        forwarded);
  }

  @Test
  void membersThatTheFormatDoesNotKnowAreNotForwarded() throws Exception {
    String forwarded =
        WrittenFrame.forward(
            FrameText.user().with("extra", "{\"to\":1}").with("path", "[]").read(), FROM);

    assertEquals(FrameText.user().text(), forwarded);
  }

  @Test
  void idsThatCameAsBuffersAreForwardedAsHex() throws Exception {
    FrameText frame = FrameText.user().with("to", FrameText.buffer(20));

    String forwarded = WrittenFrame.forward(frame.with("path", "[]").read(), FROM);

    assertEquals(FrameText.user().with("to", FrameText.quoted("07".repeat(20))).text(), forwarded);
  }

  @Test
  void theLongestPathThatIsReadCanBeForwarded() throws Exception {
    FrameText frame = FrameText.user().with("path", FrameText.path(Header.MAX_PATH));

    String forwarded = WrittenFrame.forward(frame.read(), RELAY);

    assertEquals(
        frame.with("path", FrameText.path(20).replace("]", ",\"" + RELAY.hex() + "\"]")).text(),
        forwarded);
  }

  @Test
  void theFirstFrameIsTheIdAsNodeWritesABuffer() {
    assertEquals(
        "{\"type\":\"Buffer\",\"data\":[1,35,69,103,137,171,205,239,1,35,69,103,137,171,205,239,"
            + "1,35,69,103]}",
        WrittenFrame.hello(TO));
  }

  @Test
  void aMessageOfUnknownTypeCannotBeWritten() {
    assertThrows(IllegalArgumentException.class, () -> LegacyTypes.name(MessageKind.OTHER));
  }

  @Test
  void changingNothingButTheEnvelopeKeepsTheBytesOfTheContent() throws Exception {
    String content = "{ \"n\" : 1.0, \"s\":\"\\u0041\\/\" , \"n\":2 }";

    String forwarded = WrittenFrame.forward(FrameText.of("user", content).read(), RELAY);

    assertEquals(
        content.getBytes(StandardCharsets.UTF_8).length,
        forwarded.length()
            - WrittenFrame.forward(FrameText.of("user", "").read(), RELAY).length()
            - ",\"data\":".length());
    assertEquals(new Message.User(Payload.json(content)), FrameText.read(forwarded).message());
  }

  private static Header header(Message message) {
    return new Header(TO, FROM, 5, message.kind(), List.of());
  }
}
