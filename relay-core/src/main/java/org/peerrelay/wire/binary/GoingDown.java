package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.wire.FrameBuffers;

/**
 * The link frame in which a relay says that it goes down soon (docs/protocol.md, section 7).
 *
 * @param delayMs for how long it is not to be dialed, in milliseconds, from 0 to {@link
 *     #MAX_DELAY_MS}
 */
public record GoingDown(int delayMs) {
  /** Kind of the frame. */
  public static final int KIND = 0x83;

  /**
   * More than that counts as that: whoever restarts is back by then, and nobody can have a peer
   * stay away from its bootstrap relay for long.
   */
  public static final int MAX_DELAY_MS = 300_000;

  private static final int BYTES = 1 + Integer.BYTES;

  /**
   * What {@code frame} says, which does not move; null if it is another, or too short. What follows
   * the delay is of a later version.
   */
  public static @Nullable GoingDown read(ByteBuf frame) {
    int start = frame.readerIndex();
    if (frame.readableBytes() < BYTES || frame.getUnsignedByte(start) != KIND) {
      return null;
    }
    long delayMs = frame.getUnsignedInt(start + 1);
    return new GoingDown((int) Math.min(delayMs, MAX_DELAY_MS));
  }

  /** The frame. The caller owns it. */
  public ByteBuf frame(ByteBufAllocator allocator) {
    return FrameBuffers.allocate(allocator, BYTES).writeByte(KIND).writeInt(delayMs);
  }
}
