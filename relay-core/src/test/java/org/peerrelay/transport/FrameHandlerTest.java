package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames that Netty writes are read, and frames that are written Netty reads. */
class FrameHandlerTest {
  private static final int MAX_BYTES = 100_000;
  private static final int MESSAGES = 50;

  /** Around the lengths at which the header changes. */
  private static final int[] LENGTHS = {0, 1, 7, 8, 9, 125, 126, 127, 1_000};

  private static final int[] LARGE_LENGTHS = {65_535, 65_536};

  private final List<ByteBuf> kept = new ArrayList<>();

  @AfterEach
  void everythingIsReleased() {
    kept.forEach(ByteBuf::release);
    kept.forEach(buffer -> assertEquals(0, buffer.refCnt()));
  }

  /** Tells what comes, and sends half of it back from where it stands, as a relay does. */
  private final class Echo extends FrameHandler {
    private final List<String> heard = new ArrayList<>();
    private final Random random;
    private boolean failed;

    Echo(EmbeddedChannel channel, boolean fromClient, Random random) {
      super(new FrameWriter(channel, !fromClient), fromClient, MAX_BYTES);
      this.random = random;
    }

    @Override
    void onMessage(ChannelHandlerContext ctx, boolean text, ByteBuf message) {
      heard.add((text ? "text " : "binary ") + ByteBufUtil.hexDump(message));
      switch (random.nextInt(3)) {
        case 0 -> writer.write(text ? Opcode.TEXT : Opcode.BINARY, take(ctx, message));
        case 1 -> kept.add(take(ctx, message));
        default -> {
          // Let go.
        }
      }
    }

    @Override
    void onRead(int frames, int bytes) {}

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      failed = true;
    }
  }

  @ParameterizedTest(name = "seed {0}, from a client {1}")
  @CsvSource({"1,true", "2,true", "3,true", "4,false", "5,false"})
  void anythingThatNettyWritesIsReadHoweverItIsSplit(long seed, boolean fromClient) {
    Random random = new Random(seed);
    EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(fromClient));
    EmbeddedChannel channel = new EmbeddedChannel();
    Echo echo = new Echo(channel, fromClient, random);
    channel.pipeline().addLast(echo);
    List<String> said = new ArrayList<>();
    ByteBuf stream = channel.alloc().buffer();
    for (int i = 0; i < MESSAGES; i++) {
      say(encoder, random, said);
      for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
        stream.writeBytes(part);
        part.release();
      }
      if (random.nextInt(3) == 0) {
        comes(channel, stream, 1 + random.nextInt(Math.max(1, stream.readableBytes())));
      }
    }
    while (stream.isReadable()) {
      comes(
          channel,
          stream,
          1 + random.nextInt(Math.min(random.nextInt(70_000) + 1, stream.readableBytes())));
    }
    stream.release();
    assertFalse(echo.failed);
    assertEquals(said, echo.heard);
    for (ByteBuf one : kept) {
      String content = ByteBufUtil.hexDump(one);
      assertEquals(true, said.contains("text " + content) || said.contains("binary " + content));
    }
    assertAnswersAreFrames(channel, fromClient, said);
    encoder.finishAndReleaseAll();
    channel.finishAndReleaseAll();
  }

  /** As one read of a socket: a part of the stream in a buffer that may be larger. */
  private static void comes(EmbeddedChannel channel, ByteBuf stream, int length) {
    int size = Math.min(length, stream.readableBytes());
    channel.writeInbound(channel.alloc().buffer(2 * size + 1).writeBytes(stream, size));
  }

  private static void say(EmbeddedChannel encoder, Random random, List<String> said) {
    int[] lengths = random.nextInt(20) == 0 ? LARGE_LENGTHS : LENGTHS;
    int length = lengths[random.nextInt(lengths.length)];
    boolean text = random.nextBoolean();
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (text ? 'a' + random.nextInt(26) : random.nextInt());
    }
    if (text && length >= 2 && random.nextBoolean()) {
      byte[] two = "\u00e9".getBytes(StandardCharsets.UTF_8);
      System.arraycopy(two, 0, bytes, random.nextInt(length - 1), two.length);
    }
    said.add((text ? "text " : "binary ") + ByteBufUtil.hexDump(bytes));
    int split = random.nextInt(2) == 0 ? length : random.nextInt(length + 1);
    ByteBuf content = encoder.alloc().buffer(Math.max(1, length)).writeBytes(bytes);
    boolean whole = split == length;
    ByteBuf first = content.readRetainedSlice(split);
    encoder.writeOutbound(
        text ? new TextWebSocketFrame(whole, 0, first) : new BinaryWebSocketFrame(whole, 0, first));
    if (random.nextBoolean()) {
      encoder.writeOutbound(new PingWebSocketFrame(encoder.alloc().buffer().writeByte(7)));
    }
    if (!whole) {
      encoder.writeOutbound(new ContinuationWebSocketFrame(true, 0, content));
    } else {
      content.release();
    }
  }

  private static void assertAnswersAreFrames(
      EmbeddedChannel channel, boolean toClient, List<String> said) {
    channel.flush();
    EmbeddedChannel decoder =
        new EmbeddedChannel(new WebSocket13FrameDecoder(!toClient, false, MAX_BYTES));
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      decoder.writeInbound(out);
      WebSocketFrame frame = decoder.readInbound();
      String content = ByteBufUtil.hexDump(frame.content());
      if (frame instanceof PongWebSocketFrame) {
        assertEquals("07", content);
      } else {
        String kind = frame instanceof TextWebSocketFrame ? "text " : "binary ";
        assertEquals(true, said.contains(kind + content));
      }
      frame.release();
    }
    assertNull(decoder.readInbound());
    decoder.finishAndReleaseAll();
  }
}
