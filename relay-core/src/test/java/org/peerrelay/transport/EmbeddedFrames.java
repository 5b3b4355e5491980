package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** WebSocket frames on a channel without socket. */
final class EmbeddedFrames {
  private static final int FIN = 0x80;

  private EmbeddedFrames() {}

  /** The bytes of a whole text frame. */
  static byte[] text(String text, boolean masked) {
    return RawClient.encode(FIN | RawClient.TEXT, text.getBytes(StandardCharsets.UTF_8), masked);
  }

  /** The bytes of a whole binary frame. */
  static byte[] binary(String text, boolean masked) {
    return RawClient.encode(FIN | RawClient.BINARY, text.getBytes(StandardCharsets.UTF_8), masked);
  }

  /** A buffer with {@code frame} in it. */
  static ByteBuf buffer(EmbeddedChannel channel, byte[] frame) {
    return channel.alloc().buffer(frame.length).writeBytes(frame);
  }

  /** The next frame that was written, of either side of a connection. */
  static RawClient.Frame written(EmbeddedChannel channel) {
    ByteBuf bytes = assertInstanceOf(ByteBuf.class, channel.readOutbound());
    try {
      int first = bytes.readUnsignedByte();
      int second = bytes.readUnsignedByte();
      int length = second & 0x7f;
      if (length == 126) {
        length = bytes.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(bytes.readLong());
      }
      byte[] mask = new byte[4];
      if (second > 0x7f) {
        bytes.readBytes(mask);
      }
      assertEquals(length, bytes.readableBytes());
      byte[] content = new byte[length];
      bytes.readBytes(content);
      for (int i = 0; i < length; i++) {
        content[i] ^= mask[i % mask.length];
      }
      return new RawClient.Frame(first, ByteBuffer.wrap(content));
    } finally {
      bytes.release();
    }
  }

  /** The code of the close frame that was written next. */
  static int closeCode(EmbeddedChannel channel) {
    RawClient.Frame frame = written(channel);
    assertEquals(FIN | RawClient.CLOSE, frame.firstByte());
    return frame.payload().getShort(0);
  }
}
