package org.peerrelay.wire.crossing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyLimits;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;

class CrossingTest {
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);
  private static final PeerId TO = new PeerId(1, 2, 3);
  private static final PeerId FROM = new PeerId(-4, 5, -6);
  private static final PeerId SELF = new PeerId(7, 7, 7);
  private static final long NONCE = 123_456_789_012_345L;
  private static final int MAX_CONTENT_BYTES = 65_536;

  static List<Message> messages() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    return List.of(
        new Message.User(Payload.bytes(everyByte)),
        new Message.User(Payload.bytes(new byte[0])),
        new Message.User(Payload.undefined()),
        new Message.User(Payload.json("null")),
        new Message.User(Payload.json("\"\"")),
        new Message.User(Payload.json("-1.50e+3")),
        new Message.User(Payload.json("{\"b\": [1, {\"ü\\u2028\": \"\\ud83d\"}], \"a\": \"👋\"}")),
        new Message.User(Payload.json("{\"type\":\"Buffer\",\"data\":[256]}")),
        new Message.FindPeers(TO),
        new Message.FoundPeers(List.of()),
        new Message.FoundPeers(List.of(TO, SELF)),
        new Message.HandshakeOffer(),
        new Message.HandshakeAnswer(null, false),
        new Message.HandshakeAnswer("wss://relay.example/?a=b", true),
        new Message.Signal("{\"type\": \"offer\", \"sdp\": \"v=0\\r\\n\"}"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageCrossesFromLegacyWithoutLoss(Message message) throws Exception {
    LegacyDatagram legacy = legacy(message, List.of(FROM));

    ByteBuf frame = Crossing.toBinary(HEAP, legacy, null);

    Transit header = header(frame);
    assertEquals(TO, header.to.toPeerId());
    assertEquals(FROM, header.from.toPeerId());
    assertEquals(NONCE, header.nonce);
    assertEquals(BinaryContents.code(message.kind()), header.kind);
    assertEquals(message, message(header, frame));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageCrossesToLegacyWithoutLoss(Message message) throws Exception {
    LegacyDatagram legacy = toLegacy(binary(message));

    assertEquals(TO, legacy.header().to());
    assertEquals(FROM, legacy.header().from());
    assertEquals(NONCE, legacy.header().nonce());
    assertEquals(message.kind(), legacy.header().kind());
    assertEquals(message, legacy.message());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageComesBackAsItWentOverTheOtherFormat(Message message) throws Exception {
    ByteBuf there = binary(message);

    ByteBuf back = Crossing.toBinary(HEAP, toLegacy(there), null);

    Transit header = header(back);
    assertEquals(message, message(header, back));
    assertEquals(DatagramLayout.MAX_HOPS - 2, header.hopsLeft);
  }

  @Test
  void fromLegacyTheAuthorIsUnverified() throws Exception {
    for (Message message : messages()) {
      ByteBuf frame = Crossing.toBinary(HEAP, legacy(message, List.of(FROM)), null);

      int expected = BinaryContents.flags(message) | DatagramLayout.FLAG_UNVERIFIED;
      assertEquals(expected, header(frame).flags);
    }
  }

  @Test
  void theHopsLeftAreTwentyLessTheLengthOfThePath() throws Exception {
    List<PeerId> path = new ArrayList<>(List.of(FROM));
    while (path.size() <= Header.MAX_PATH) {
      LegacyDatagram legacy = legacy(new Message.HandshakeOffer(), path);

      ByteBuf frame = Crossing.toBinary(HEAP, legacy, null);

      assertEquals(20 - path.size(), header(frame).hopsLeft);
      path.add(new PeerId(0, 0, path.size()));
    }
  }

  @Test
  void intoLegacyThePathIsTheAuthorAndTheRelay() throws Exception {
    LegacyDatagram legacy = toLegacy(binary(new Message.HandshakeOffer()));

    assertEquals(List.of(FROM, SELF), legacy.header().path());
  }

  @Test
  void jsonInTheExactFormOfANodeBufferBecomesBytesInLegacy() throws Exception {
    Payload json = Payload.json("{\"type\":\"Buffer\",\"data\":[1,255]}");

    LegacyDatagram legacy = toLegacy(binary(new Message.User(json)));

    assertEquals(new Message.User(Payload.bytes(new byte[] {1, -1})), legacy.message());
  }

  @Test
  void theLargestContentCrossesBothWays() throws Exception {
    byte[] bytes = new byte[MAX_CONTENT_BYTES];
    Arrays.fill(bytes, (byte) 255);
    String json = '"' + "x".repeat(4 * MAX_CONTENT_BYTES - 2) + '"';
    for (Payload payload : List.of(Payload.bytes(bytes), Payload.json(json))) {
      Message message = new Message.User(payload);

      ByteBuf legacy = crossed(binary(message));
      ByteBuf frame =
          Crossing.toBinary(HEAP, LegacyReader.read(ByteBufUtil.getBytes(legacy)), null);

      assertTrue(legacy.readableBytes() <= LegacyLimits.DEFAULT.maxFrameBytes());
      assertEquals(message, message(header(frame), frame));
    }
  }

  @Test
  void legacyContentThatIsTooLargeForADatagramIsUnfit() throws Exception {
    String json = '"' + "x".repeat(4 * MAX_CONTENT_BYTES - 1) + '"';
    String signal = "{\"sdp\":" + json + '}';

    assertTooLarge(new Message.User(Payload.json(json)));
    assertTooLarge(new Message.User(Payload.bytes(new byte[MAX_CONTENT_BYTES + 1])));
    assertTooLarge(new Message.Signal(signal));
  }

  private static void assertTooLarge(Message message) throws Exception {
    LegacyDatagram legacy = legacy(message, List.of(FROM));
    assertUnfit(DropReason.TOO_LARGE, () -> Crossing.toBinary(HEAP, legacy, null));
  }

  @Test
  void legacyTypesThatProtocolTwoDoesNotKnowAreUnfit() throws Exception {
    ByteBuf frame = LegacyWriter.originate(HEAP, header(List.of()), new Message.HandshakeOffer());
    String text = frame.toString(StandardCharsets.UTF_8).replace("handshake-offer", "swarm");
    LegacyDatagram legacy = LegacyReader.read(text.getBytes(StandardCharsets.UTF_8));

    assertUnfit(DropReason.UNKNOWN_TYPE, () -> Crossing.toBinary(HEAP, legacy, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 15, 127})
  void kindsThatLegacyDoesNotKnowAreUnfit(int kind) {
    ByteBuf frame = binary(new Message.HandshakeOffer()).setByte(0, kind);

    assertUnfit(DropReason.UNKNOWN_TYPE, () -> toLegacy(frame));
  }

  @Test
  void noticesDoNotCross() {
    ByteBuf frame = binary(new Message.Notice(NoticeCode.NO_SUCH_PEER, TO, NONCE, null));

    assertUnfit(DropReason.UNKNOWN_TYPE, () -> toLegacy(frame));
  }

  @Test
  void contentThatIsNotWhatItsKindDemandsIsUnfitForLegacy() {
    ByteBuf noJson = binary(new Message.User(Payload.json("{]")));
    ByteBuf cutOff = binary(new Message.FindPeers(TO));
    cutOff.writerIndex(cutOff.writerIndex() - 1);

    assertUnfit(DropReason.MALFORMED, () -> toLegacy(noJson));
    assertUnfit(DropReason.MALFORMED, () -> toLegacy(cutOff));
  }

  private static LegacyDatagram legacy(Message message, List<PeerId> path) throws Exception {
    PeerId last = path.get(path.size() - 1);
    Header header = header(path.subList(0, path.size() - 1));
    return LegacyReader.read(ByteBufUtil.getBytes(LegacyWriter.relay(HEAP, header, message, last)));
  }

  private static ByteBuf binary(Message message) {
    Header header = new Header(TO, FROM, NONCE, message.kind(), List.of());
    return DatagramLayout.frame(HEAP, header, 0, DatagramLayout.MAX_HOPS, null, message);
  }

  private static LegacyDatagram toLegacy(ByteBuf frame) throws Exception {
    return LegacyReader.read(ByteBufUtil.getBytes(crossed(frame)));
  }

  private static ByteBuf crossed(ByteBuf frame) throws Exception {
    return Crossing.toLegacy(HEAP, header(frame), frame, SELF);
  }

  private static Header header(List<PeerId> path) {
    return new Header(TO, FROM, NONCE, MessageKind.OTHER, path);
  }

  private static Transit header(ByteBuf frame) throws Exception {
    Transit header = new Transit();
    DatagramLayout.read(frame, header);
    return header;
  }

  private static @Nullable Message message(Transit header, ByteBuf frame) throws Exception {
    return BinaryContents.read(
        BinaryContents.kind(header.kind), header.flags, DatagramLayout.content(frame));
  }

  private static void assertUnfit(DropReason reason, Executable crossing) {
    UnfitDatagramException unfit = assertThrows(UnfitDatagramException.class, crossing);
    assertEquals(reason, unfit.reason());
  }
}
