package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;

/** The mask over the content of frames from a WebSocket client (RFC 6455, section 5.3). */
final class Mask {
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Mask() {}

  /**
   * Puts the mask over the bytes from {@code start} up to {@code end}, or takes it off.
   *
   * @return whether the result is all ASCII
   */
  static boolean apply(ByteBuf buffer, int start, int end, int mask) {
    long wide = (long) mask << Integer.SIZE | (mask & 0xffff_ffffL);
    long seen = 0;
    int i = start;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      long word = buffer.getLong(i) ^ wide;
      buffer.setLong(i, word);
      seen |= word;
    }
    for (int shift = Integer.SIZE - Byte.SIZE; i < end; i++, shift -= Byte.SIZE) {
      int word = buffer.getByte(i) ^ (mask >>> (shift & (Integer.SIZE - 1)));
      buffer.setByte(i, word);
      seen |= word & 0xff;
    }
    return (seen & HIGH_BITS) == 0;
  }
}
