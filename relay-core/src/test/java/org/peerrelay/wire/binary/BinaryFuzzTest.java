package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.FuzzSeed;
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

  private final Random random = FuzzSeed.random(getClass());
  private int accepted;

  @Test
  void aHelloIsReadOrMalformed() {
    List<byte[]> frames = frames("hellos");
    for (int i = 0; i < EXECUTIONS; i++) {
      checkHello(mutated(frames));
    }
    assertMixed();
  }

  private void checkHello(byte[] frame) {
    try {
      Hello hello = HelloCodec.read(frame);
      accepted++;
      assertEquals(hello, HelloCodec.read(HelloCodec.write(hello)));
    } catch (MalformedFrameException refused) {
      checkExplained(refused);
    }
  }

  @Test
  void aDatagramIsReadMalformedOrUnfit() {
    List<byte[]> frames = frames("datagrams");
    for (int i = 0; i < EXECUTIONS; i++) {
      checkDatagram(mutated(frames));
    }
    assertMixed();
  }

  private void checkDatagram(byte[] bytes) {
    ByteBuf frame = Unpooled.wrappedBuffer(bytes);
    Transit header = new Transit();
    try {
      DatagramLayout.read(frame, header);
      MessageKind kind = BinaryContents.kind(header.kind);
      assertTrue(header.nonce >= 0 && header.nonce <= Header.MAX_NONCE);
      assertTrue(header.hopsLeft <= DatagramLayout.MAX_HOPS);
      Message message = BinaryContents.read(kind, header.flags, DatagramLayout.content(frame));
      accepted++;
      checkWrittenAgain(kind, message);
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      checkExplained(refused);
    }
  }

  private static void checkWrittenAgain(MessageKind kind, @Nullable Message message)
      throws UnfitDatagramException {
    if (message != null) {
      int flags = BinaryContents.flags(message);
      assertEquals(message, BinaryContents.read(kind, flags, BinaryContents.write(message)));
    }
  }

  private static void checkExplained(Exception refused) {
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("expected"), message);
  }

  private byte[] mutated(List<byte[]> frames) {
    return Mutations.of(frames.get(random.nextInt(frames.size())), random);
  }

  private static List<byte[]> frames(String member) {
    return ProtocolVectors.all(member).stream().map(BinaryFuzzTest::frame).toList();
  }

  private static byte[] frame(JsonRecord entry) {
    return entry.bytes("frame");
  }

  private void assertMixed() {
    assertTrue(accepted > EXECUTIONS / 100, "too few were accepted: " + accepted);
    assertTrue(accepted < EXECUTIONS, "none was refused");
  }
}
