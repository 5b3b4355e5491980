package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferTest {
  private final FrameBuffer frame = new FrameBuffer();

  /** What Netty's server side reads. */
  private WebSocketFrame decoded(int opcode, int mask) {
    int start = frame.seal(opcode, false, mask);
    EmbeddedChannel server =
        new EmbeddedChannel(
            new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(1_000_000).build()));
    server.writeInbound(Unpooled.copiedBuffer(frame.bytes(), start, frame.end() - start));
    WebSocketFrame read = server.readInbound();
    server.finishAndReleaseAll();
    return read;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 125, 126, 127, 4_095, 65_535, 65_536, 200_000})
  void aServerReadsWhatWasPutIn(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    frame.clear().put(content);

    WebSocketFrame read = decoded(Frames.BINARY, 0x12345678);

    assertInstanceOf(BinaryWebSocketFrame.class, read);
    assertArrayEquals(content, ByteBufUtil.getBytes(read.content()));
    ReferenceCountUtil.release(read);
  }

  @Test
  void theBufferIsUsedAgain() {
    frame.clear().put("first and longer");
    frame.seal(Frames.TEXT, false, 7);
    frame.clear().put("sec").put('o').put(new byte[] {'-', 'n', 'd'}, 1, 2).putDecimal(42, 5);

    WebSocketFrame read = decoded(Frames.TEXT, 0x01020304);

    assertInstanceOf(TextWebSocketFrame.class, read);
    assertEquals("second00042", read.content().toString(StandardCharsets.US_ASCII));
    ReferenceCountUtil.release(read);
  }
}
