package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.peerrelay.wire.FrameBuffers;

/**
 * Writes WebSocket frames (RFC 6455, section 5.2) to one connection, the header into the room
 * before the content where there is enough. After the close frame nothing more is written. Event
 * loop only.
 *
 * <p>It knows whether there is anything to flush: a flush of nothing costs an entry in Netty's
 * buffer where TLS is spoken, and while the other end does not read none of them goes away.
 */
final class FrameWriter {
  private static final int MAX_LENGTH_7 = 125;
  private static final int MAX_LENGTH_16 = 0xffff;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MASKED = 0x80;

  private final Channel channel;
  private final boolean masks;
  private boolean closed;
  private boolean unflushed;

  /**
   * For {@code channel}.
   *
   * @param masks whether this end is the client of the connection
   */
  FrameWriter(Channel channel, boolean masks) {
    this.channel = channel;
    this.masks = masks;
  }

  /** Whether the close frame is out. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Writes a frame, which goes out with the next flush. Takes over the buffer, with the bytes
   * before its reader index.
   */
  void write(int opcode, ByteBuf content) {
    if (closed) {
      content.release();
      return;
    }
    channel.write(frame(opcode, content), channel.voidPromise());
    unflushed = true;
  }

  /** As {@link #write(int, ByteBuf)}, a copy of {@code content}. */
  void write(int opcode, byte[] content) {
    write(opcode, FrameBuffers.copy(channel.alloc(), content));
  }

  /** Sends what was written since the last time. */
  void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  /** Sends all that was written, and last of all the close frame. */
  void close(int code, String text) {
    ByteBuf content = FrameBuffers.allocate(channel.alloc(), Short.BYTES + text.length());
    content.writeShort(code).writeCharSequence(text, StandardCharsets.US_ASCII);
    close(content).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** Answers the other end's close frame, if ours is not out already, and closes the connection. */
  void answerClose(ByteBuf content) {
    if (closed) {
      channel.close();
    } else {
      close(FrameBuffers.copy(channel.alloc(), content)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private ChannelFuture close(ByteBuf content) {
    closed = true;
    unflushed = false;
    return channel.writeAndFlush(frame(Opcode.CLOSE, content));
  }

  private ByteBuf frame(int opcode, ByteBuf content) {
    int length = content.readableBytes();
    int maskBytes = masks ? Integer.BYTES : 0;
    int headerBytes = lengthEnd(length) + maskBytes;
    ByteBuf frame = content;
    if (content.readerIndex() < headerBytes) {
      frame = FrameBuffers.copy(channel.alloc(), content);
      content.release();
    }
    int contentStart = frame.readerIndex();
    int start = contentStart - headerBytes;
    frame.setByte(start, Opcode.FIN | opcode);
    putLength(frame, start + 1, length);
    if (masks) {
      int mask = ThreadLocalRandom.current().nextInt();
      frame.setInt(contentStart - Integer.BYTES, mask);
      Mask.apply(frame, contentStart, contentStart + length, mask);
    }
    return frame.readerIndex(start);
  }

  private static int lengthEnd(int length) {
    if (length <= MAX_LENGTH_7) {
      return 2;
    }
    return 2 + (length <= MAX_LENGTH_16 ? Short.BYTES : Long.BYTES);
  }

  private void putLength(ByteBuf frame, int index, int length) {
    int flag = masks ? MASKED : 0;
    if (length <= MAX_LENGTH_7) {
      frame.setByte(index, flag | length);
    } else if (length <= MAX_LENGTH_16) {
      frame.setByte(index, flag | LENGTH_16).setShort(index + 1, length);
    } else {
      frame.setByte(index, flag | LENGTH_64).setLong(index + 1, length);
    }
  }
}
