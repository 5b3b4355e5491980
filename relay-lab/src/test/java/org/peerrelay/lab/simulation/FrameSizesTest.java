package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.HelloCodec;
import org.peerrelay.wire.legacy.LegacyWriter;

/** The sizes that are computed are those of what the codecs write. */
class FrameSizesTest {
  private static final PeerId ID = PeerId.random(new SplittableRandom(1));
  private static final Seal SEAL = new Seal(new byte[32], new byte[64]);

  private static Pointer pointer(int relays, boolean signed) {
    return new Pointer(ID, Collections.nCopies(relays, ID), 1, 900, signed ? SEAL : null);
  }

  private static Stream<Message> legacyMessages() {
    return Stream.of(
        new Message.User(Payload.json("{\"a\":1}")),
        new Message.User(Payload.undefined()),
        new Message.FindPeers(ID),
        new Message.FoundPeers(List.of()),
        new Message.FoundPeers(Collections.nCopies(20, ID)),
        new Message.HandshakeOffer(),
        new Message.HandshakeAnswer("ws://11.0.0.1:8080", false),
        new Message.HandshakeAnswer(null, false));
  }

  private static Stream<Message> messages() {
    return Stream.concat(
        legacyMessages(),
        Stream.of(
            new Message.User(Payload.bytes(new byte[100])),
            new Message.Notice(NoticeCode.NOT_HERE, ID, 1, ID),
            new Message.Notice(NoticeCode.NO_SUCH_PEER, ID, 1, null),
            new Message.Publish(pointer(4, true), false, 0),
            new Message.Publish(pointer(1, false), true, 0),
            new Message.Locate(ID, ID),
            new Message.Located(pointer(2, true)),
            new Message.Ping(),
            new Message.Pong(1),
            new Message.Trace(),
            new Message.TraceHop(1, 20, HopVerdict.ARRIVED, ID),
            new Message.TraceHop(1, 20, HopVerdict.ARRIVED, null)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void contentsAreAsLongAsTheyAreWritten(Message message) {
    assertEquals(BinaryContents.write(message).length, FrameSizes.contentBytes(message));
  }

  @ParameterizedTest
  @MethodSource("legacyMessages")
  void legacyFramesAreAsLongAsTheyAreWritten(Message message) {
    Header sent = new Header(ID, ID, 123_456_789L, message.kind(), List.of(ID, ID));
    ByteBuf frame = LegacyWriter.relay(UnpooledByteBufAllocator.DEFAULT, sent, message, ID);
    Header onWire = new Header(ID, ID, sent.nonce(), message.kind(), List.of(ID, ID, ID));
    int written = frame.readableBytes();
    frame.release();
    assertEquals(written, FrameSizes.legacyBytes(onWire, message));
  }

  @Test
  void openingsAreAsLongAsTheyAreWritten() {
    Bytes32 bytes = Bytes32.of(new byte[32]);
    String url = "ws://11.0.0.1:8080";
    Hello hello = new Hello(2, 2, true, bytes, bytes, url, "11.0.0.2:8080", 65_536, null, false);
    int written = HelloCodec.write(hello).length;
    int proof = 1 + 64;
    assertEquals(
        FrameSizes.webSocketBytes(written, true) + FrameSizes.webSocketBytes(proof, true),
        FrameSizes.openingBytes(url, "11.0.0.2:8080", true));
  }

  @Test
  void aWebSocketFrameHasAHeadAndWhatADialerSendsAMask() {
    assertEquals(2 + 125, FrameSizes.webSocketBytes(125, false));
    assertEquals(2 + 4 + 125, FrameSizes.webSocketBytes(125, true));
    assertEquals(4 + 126, FrameSizes.webSocketBytes(126, false));
    assertEquals(10 + 4 + 65_536, FrameSizes.webSocketBytes(65_536, true));
  }
}
