package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.FuzzLoop;
import org.peerrelay.wire.JsonRecord;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.Mutations;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * Whatever is done to a frame, the decoders read it or refuse it in one of their declared ways, and
 * what they read means the same when it is written again.
 */
class BinaryFuzzTest {
  private static final int EXECUTIONS = 100_000;

  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

  @Test
  void aHelloIsReadOrMalformed() {
    List<byte[]> frames = frames("hellos");
    new FuzzLoop("HELLO", EXECUTIONS)
        .run(random -> acceptsHello(mutated(frames, random)))
        .assertAccepted(1, 99);
  }

  private static boolean acceptsHello(byte[] frame) {
    try {
      Hello hello = HelloCodec.read(frame);
      assertEquals(hello, HelloCodec.read(HelloCodec.write(hello)));
      return true;
    } catch (MalformedFrameException refused) {
      return explained(refused);
    }
  }

  @Test
  void aDatagramIsReadMalformedOrUnfit() {
    List<byte[]> frames = frames("datagrams");
    new FuzzLoop("protocol 2 datagram", EXECUTIONS)
        .run(random -> acceptsDatagram(mutated(frames, random)))
        .assertAccepted(1, 99);
  }

  private static boolean acceptsDatagram(byte[] bytes) throws Exception {
    ByteBuf frame = Unpooled.wrappedBuffer(bytes);
    Transit header = new Transit();
    MessageKind kind;
    Message message;
    try {
      DatagramLayout.read(frame, header);
      kind = BinaryContents.kind(header.kind);
      message = BinaryContents.read(kind, header.flags, DatagramLayout.content(frame));
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      return explained(refused);
    }
    assertTrue(header.nonce >= 0 && header.nonce <= Header.MAX_NONCE);
    assertTrue(header.hopsLeft <= DatagramLayout.MAX_HOPS);
    if (message != null) {
      checkWrittenAgain(header, kind, message);
    }
    return true;
  }

  private static void checkWrittenAgain(Transit header, MessageKind kind, Message message)
      throws Exception {
    Header own =
        new Header(
            header.to.toPeerId(),
            header.from.toPeerId(),
            header.nonce,
            kind,
            List.of(),
            header.attempt);
    ByteBuf frame = DatagramLayout.frame(HEAP, own, 0, header.hopsLeft, null, message);
    Transit again = new Transit();
    DatagramLayout.read(frame, again);
    assertEquals(header.kind, again.kind);
    assertEquals(header.hopsLeft, again.hopsLeft);
    assertEquals(header.attempt, again.attempt);
    assertEquals(header.nonce, again.nonce);
    assertEquals(own.to(), again.to.toPeerId());
    assertEquals(own.from(), again.from.toPeerId());
    assertEquals(message, BinaryContents.read(kind, again.flags, DatagramLayout.content(frame)));
    frame.release();
  }

  private static boolean explained(Exception refused) {
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("expected"), message);
    return false;
  }

  private static byte[] mutated(List<byte[]> frames, Random random) {
    return Mutations.of(frames.get(random.nextInt(frames.size())), random);
  }

  private static List<byte[]> frames(String member) {
    return ProtocolVectors.all(member).stream().map(BinaryFuzzTest::frame).toList();
  }

  private static byte[] frame(JsonRecord entry) {
    return entry.bytes("frame");
  }
}
