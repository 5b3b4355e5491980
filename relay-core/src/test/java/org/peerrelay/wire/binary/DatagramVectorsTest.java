package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.JsonRecord;

/** Datagrams are read and written byte for byte as the golden vectors have them. */
class DatagramVectorsTest {
  private static final String NO_ID = "00".repeat(PeerId.BYTES);

  private final Transit header = new Transit();

  @TestFactory
  Stream<DynamicTest> datagramsAreReadAsTheVectorsSay() {
    return ProtocolVectors.all("datagrams").stream()
        .map(entry -> dynamicTest(entry.text("name"), () -> checkRead(entry)));
  }

  private void checkRead(JsonRecord entry) throws Exception {
    ByteBuf frame = Unpooled.wrappedBuffer(entry.bytes("frame"));

    DatagramLayout.read(frame, header);

    assertEquals(entry.number("kind"), header.kind);
    assertEquals(entry.number("flags"), header.flags);
    assertEquals(entry.number("hops"), header.hopsLeft);
    assertEquals(entry.number("attempt"), header.attempt);
    assertEquals(entry.text("nonce"), Long.toString(header.nonce));
    assertEquals(entry.text("to"), header.to.toPeerId().hex());
    assertEquals(entry.text("via"), header.via.toPeerId().hex());
    assertEquals(entry.text("from"), header.from.toPeerId().hex());
    assertArrayEquals(entry.bytes("content"), DatagramLayout.content(frame));
    assertEquals(means(entry), messageIn(frame));
  }

  @TestFactory
  Stream<DynamicTest> datagramsAreWrittenAsTheVectorsSay() {
    return ProtocolVectors.all("datagrams").stream()
        .filter(entry -> entry.flag("canonical"))
        .map(entry -> dynamicTest(entry.text("name"), () -> checkWritten(entry)));
  }

  private static void checkWritten(JsonRecord entry) {
    Message message = means(entry);
    assertNotNull(message);
    Header header =
        new Header(
            id(entry, "to"),
            id(entry, "from"),
            Long.parseLong(entry.text("nonce")),
            message.kind(),
            List.of(),
            entry.number("attempt"));
    int flags =
        entry.number("flags") & (DatagramLayout.FLAG_UNVERIFIED | DatagramLayout.FLAG_WANTS_ANSWER);
    PeerId via = entry.text("via").equals(NO_ID) ? null : id(entry, "via");

    ByteBuf frame =
        DatagramLayout.frame(
            UnpooledByteBufAllocator.DEFAULT, header, flags, entry.number("hops"), via, message);

    assertEquals(entry.text("frame"), ByteBufUtil.hexDump(frame));
    frame.release();
  }

  @TestFactory
  Stream<DynamicTest> pointersAreSignedAsTheVectorsSay() {
    return ProtocolVectors.all("datagrams").stream()
        .filter(
            entry -> means(entry) instanceof Message.Publish known && known.pointer().isSigned())
        .map(entry -> dynamicTest(entry.text("name"), () -> checkSigned(entry)));
  }

  private static void checkSigned(JsonRecord entry) {
    Pointer pointer = pointer(entry.record("means"));
    Identity identity = ProtocolVectors.identity("dialer");

    assertEquals(
        pointer,
        PointerCodec.sign(identity, pointer.relays(), pointer.issued(), pointer.lifetimeS()));
  }

  private @Nullable Message messageIn(ByteBuf frame) throws Exception {
    return BinaryContents.read(
        BinaryContents.kind(header.kind), header.flags, DatagramLayout.content(frame));
  }

  /** The meaning of an entry as a message; of JSON, the text of the content. */
  private static @Nullable Message means(JsonRecord entry) {
    if (entry.isNull("means")) {
      return null;
    }
    JsonRecord means = entry.record("means");
    return switch (BinaryContents.kind(entry.number("kind"))) {
      case USER -> new Message.User(payload(means, entry));
      case FIND_PEERS -> new Message.FindPeers(id(means, "target"));
      case FOUND_PEERS ->
          new Message.FoundPeers(means.texts("ids").stream().map(DatagramVectorsTest::id).toList());
      case HANDSHAKE_OFFER -> new Message.HandshakeOffer();
      case HANDSHAKE_ANSWER ->
          new Message.HandshakeAnswer(means.textOrNull("url"), means.flag("webRtc"));
      case SIGNAL -> new Message.Signal(text(entry));
      case NOTICE -> notice(means);
      case POINTER -> new Message.Publish(pointer(means), means.flag("copy"), means.number("ageS"));
      case LOCATE -> new Message.Locate(id(means, "target"), id(means, "asker"));
      case LOCATED -> new Message.Located(pointer(means));
      case PING -> new Message.Ping();
      case PONG -> new Message.Pong(nonce(means));
      case TRACE -> new Message.Trace();
      case TRACE_HOP -> traceHop(means);
      case SWARM_PUBLISH -> SwarmMeanings.publish(means);
      case SWARM_NEWS -> SwarmMeanings.news(means);
      case SWARM_SYNC -> SwarmMeanings.sync(means);
      case SWARM_CAST -> SwarmMeanings.data(true, means);
      case SWARM_DATA -> SwarmMeanings.data(false, means);
      case SWARM_FAN_OUT -> new Message.SwarmFanOut(SwarmMeanings.data(true, means));
      case OTHER -> throw new AssertionError(entry + " (expected: no meaning)");
    };
  }

  private static Payload payload(JsonRecord means, JsonRecord entry) {
    if (means.has("bytes")) {
      return Payload.bytes(means.bytes("bytes"));
    }
    return means.has("json") ? Payload.json(text(entry)) : Payload.undefined();
  }

  private static String text(JsonRecord entry) {
    return new String(entry.bytes("content"), StandardCharsets.UTF_8);
  }

  private static Message notice(JsonRecord means) {
    NoticeCode code = NoticeCode.of(means.number("code"));
    assertNotNull(code);
    return new Message.Notice(code, id(means, "to"), nonce(means), idOrNull(means, "via"));
  }

  private static Message traceHop(JsonRecord means) {
    HopVerdict verdict = HopVerdict.of(means.number("verdict"));
    assertNotNull(verdict);
    return new Message.TraceHop(
        nonce(means), means.number("hops"), verdict, idOrNull(means, "next"));
  }

  private static Pointer pointer(JsonRecord means) {
    JsonRecord pointer = means.record("pointer");
    Seal seal =
        pointer.isNull("publicKey")
            ? null
            : new Seal(pointer.bytes("publicKey"), pointer.bytes("signature"));
    return new Pointer(
        id(pointer, "peer"),
        pointer.texts("relays").stream().map(DatagramVectorsTest::id).toList(),
        Long.parseLong(pointer.text("issued")),
        pointer.number("lifetimeS"),
        seal);
  }

  private static long nonce(JsonRecord means) {
    return Long.parseLong(means.text("nonce"));
  }

  private static @Nullable PeerId idOrNull(JsonRecord record, String name) {
    return record.isNull(name) ? null : id(record, name);
  }

  private static PeerId id(JsonRecord record, String name) {
    return id(record.text(name));
  }

  private static PeerId id(String hex) {
    return PeerId.parse(hex).orElseThrow();
  }
}
