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
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.JsonRecord;

/** Datagrams are read and written byte for byte as the golden vectors have them. */
class DatagramVectorsTest {
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
            List.of());
    int flags = entry.number("flags") & DatagramLayout.FLAG_UNVERIFIED;

    ByteBuf frame =
        DatagramLayout.frame(
            UnpooledByteBufAllocator.DEFAULT, header, flags, entry.number("hops"), null, message);

    assertEquals(entry.text("frame"), ByteBufUtil.hexDump(frame));
    frame.release();
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
      default -> throw new AssertionError(entry + " (expected: no meaning)");
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
    return new Message.Notice(code, id(means, "to"), Long.parseLong(means.text("nonce")), null);
  }

  private static PeerId id(JsonRecord record, String name) {
    return id(record.text(name));
  }

  private static PeerId id(String hex) {
    return PeerId.parse(hex).orElseThrow();
  }
}
