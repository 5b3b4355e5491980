package org.peerrelay.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Buffers for frames that are about to be sent. The bytes before the reader index are free, so that
 * a transport can put its own header there and send both as one.
 */
public final class FrameBuffers {
  /** Room for the longest header of a WebSocket frame: 2 bytes, 8 of length, 4 of mask. */
  public static final int HEADER_ROOM = 14;

  private FrameBuffers() {}

  /** An empty buffer for {@code sizeBytes}, behind the room for a header. The caller owns it. */
  public static ByteBuf allocate(ByteBufAllocator allocator, int sizeBytes) {
    return allocator.buffer(HEADER_ROOM + sizeBytes).setIndex(HEADER_ROOM, HEADER_ROOM);
  }

  /** A buffer with a copy of {@code content}. The caller owns it. */
  public static ByteBuf copy(ByteBufAllocator allocator, byte[] content) {
    return allocate(allocator, content.length).writeBytes(content);
  }

  /** A buffer with a copy of what is readable in {@code content}. The caller owns it. */
  public static ByteBuf copy(ByteBufAllocator allocator, ByteBuf content) {
    int length = content.readableBytes();
    return allocate(allocator, length).writeBytes(content, content.readerIndex(), length);
  }
}
