package org.peerrelay.wire.crossing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.FuzzLoop;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.Mutations;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * Whatever is done to a datagram, it does not cross, or it becomes a frame of the other format that
 * every peer can read, and that means the same.
 */
class CrossingFuzzTest {
  private static final int EXECUTIONS = 100_000;
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);
  private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t\\r\\n]+");
  private static final PeerId SELF = new PeerId(7, 7, 7);

  @Test
  void whatCrossesCanBeReadAndMeansTheSame() {
    List<byte[]> frames = CrossingTest.messages().stream().map(CrossingFuzzTest::frame).toList();
    new FuzzLoop("crossing from protocol 2", EXECUTIONS)
        .run(random -> crosses(mutated(frames, random)))
        .assertAccepted(10, 99);
  }

  @Test
  void whatCrossesFromLegacyComesBackAsItWas() {
    List<byte[]> frames = CrossingTest.messages().stream().map(CrossingFuzzTest::legacy).toList();
    new FuzzLoop("crossing from legacy", EXECUTIONS)
        .run(random -> crossesFromLegacy(mutated(frames, random)))
        .assertAccepted(1, 50);
  }

  private static byte[] mutated(List<byte[]> frames, Random random) {
    return Mutations.of(frames.get(random.nextInt(frames.size())), random);
  }

  private static byte[] legacy(Message message) {
    ByteBuf frame = LegacyWriter.originate(HEAP, header(message), message);
    return taken(frame);
  }

  private static Header header(Message message) {
    return new Header(
        new PeerId(1, 2, 3), new PeerId(4, 5, 6), Header.MAX_NONCE, message.kind(), List.of());
  }

  private static byte[] taken(ByteBuf frame) {
    byte[] bytes = ByteBufUtil.getBytes(frame);
    frame.release();
    return bytes;
  }

  /** Bytes that are no UTF-8 do not come through a WebSocket. */
  private static boolean crossesFromLegacy(byte[] bytes) throws Exception {
    LegacyDatagram datagram;
    ByteBuf frame;
    try {
      if (!Mutations.isUtf8(bytes)) {
        return false;
      }
      datagram = LegacyReader.read(bytes);
      frame = Crossing.toBinary(HEAP, datagram, null);
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      return false;
    }
    Transit header = new Transit();
    DatagramLayout.read(frame, header);
    assertEquals(datagram.header().to(), header.to.toPeerId());
    assertEquals(datagram.header().from(), header.from.toPeerId());
    assertEquals(datagram.header().nonce(), header.nonce);
    LegacyDatagram back = LegacyReader.read(taken(Crossing.toLegacy(HEAP, header, frame, SELF)));
    frame.release();
    assertEquals(meaning(datagram.message()), meaning(back.message()));
    return true;
  }

  private static byte[] frame(Message message) {
    return taken(DatagramLayout.frame(HEAP, header(message), 0, 20, null, message));
  }

  private static boolean crosses(byte[] bytes) throws Exception {
    ByteBuf frame = Unpooled.wrappedBuffer(bytes);
    Transit header = new Transit();
    byte[] legacy;
    try {
      DatagramLayout.read(frame, header);
      legacy = taken(Crossing.toLegacy(HEAP, header, frame, SELF));
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      return false;
    }
    try {
      checkSame(header, frame, LegacyReader.read(legacy));
    } catch (MalformedFrameException | UnfitDatagramException | AssertionError e) {
      throw new AssertionError("crossed: " + new String(legacy, StandardCharsets.UTF_8), e);
    }
    return true;
  }

  private static void checkSame(Transit header, ByteBuf frame, LegacyDatagram legacy)
      throws Exception {
    assertEquals(header.to.toPeerId(), legacy.header().to());
    assertEquals(header.from.toPeerId(), legacy.header().from());
    assertEquals(header.nonce, legacy.header().nonce());
    assertEquals(List.of(header.from.toPeerId(), SELF), legacy.header().path());
    Message before =
        BinaryContents.read(legacy.header().kind(), header.flags, DatagramLayout.content(frame));
    assertEquals(meaning(before), meaning(legacy.message()));
  }

  /**
   * What a message says, the same for white space where JSON may have it, which can get lost on the
   * way, and for JSON in the form of a Node Buffer, which becomes bytes.
   */
  private static String meaning(@Nullable Message message) {
    if (message instanceof Message.Signal signal) {
      return signal.json().strip();
    }
    if (message instanceof Message.User user && user.payload().kind() != Payload.Kind.UNDEFINED) {
      Payload payload = user.payload();
      return payload.kind() == Payload.Kind.JSON
          ? WHITE_SPACE.matcher(payload.jsonText()).replaceAll("")
          : nodeBuffer(payload.toBytes());
    }
    return String.valueOf(message);
  }

  private static String nodeBuffer(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
        .collect(Collectors.joining(",", "{\"type\":\"Buffer\",\"data\":[", "]}"));
  }
}
