package org.peerrelay.lab.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A WebSocket frame of a client (RFC 6455, section 5.2) while it is written. One event loop fills
 * the same buffer again and again.
 */
public final class FrameBuffer {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Room before the content for the longest header: 2 bytes, 8 of length, 4 of mask. */
  private static final int CONTENT = 14;

  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int MASKED = 0x80;
  private static final int MAX_LENGTH_7 = 125;
  private static final int MAX_LENGTH_16 = 0xffff;

  private byte[] bytes = new byte[4_096];
  private int end = CONTENT;

  FrameBuffer() {}

  /** Appends one byte. */
  public FrameBuffer put(int value) {
    room(1);
    bytes[end++] = (byte) value;
    return this;
  }

  /** Appends all of {@code source}. */
  public FrameBuffer put(byte[] source) {
    return put(source, 0, source.length);
  }

  /** Appends a part of {@code source}. */
  public FrameBuffer put(byte[] source, int offset, int length) {
    room(length);
    System.arraycopy(source, offset, bytes, end, length);
    end += length;
    return this;
  }

  /** Appends ASCII text. */
  public FrameBuffer put(String text) {
    return put(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Appends {@code value} in decimal digits, with zeros before it up to {@code digits}. */
  public FrameBuffer putDecimal(long value, int digits) {
    room(digits);
    long rest = value;
    for (int i = end + digits - 1; i >= end; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += digits;
    return this;
  }

  /** Appends 8 bytes, the highest first. */
  public FrameBuffer putLong(long value) {
    room(Long.BYTES);
    LONGS.set(bytes, end, value);
    end += Long.BYTES;
    return this;
  }

  private void room(int length) {
    if (end + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
    }
  }

  FrameBuffer clear() {
    end = CONTENT;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int contentOffset() {
    return CONTENT;
  }

  int contentLength() {
    return end - CONTENT;
  }

  int end() {
    return end;
  }

  /**
   * Puts the header before the content and masks it.
   *
   * @return the offset at which the frame begins
   */
  int seal(int opcode, boolean compressed, int mask) {
    int length = contentLength();
    int maskAt = CONTENT - Integer.BYTES;
    INTS.set(bytes, maskAt, mask);
    int start;
    if (length <= MAX_LENGTH_7) {
      start = maskAt - 2;
      bytes[start + 1] = (byte) (MASKED | length);
    } else if (length <= MAX_LENGTH_16) {
      start = maskAt - 4;
      bytes[start + 1] = (byte) (MASKED | 126);
      bytes[start + 2] = (byte) (length >>> 8);
      bytes[start + 3] = (byte) length;
    } else {
      start = maskAt - 10;
      bytes[start + 1] = (byte) (MASKED | 127);
      LONGS.set(bytes, start + 2, (long) length);
    }
    bytes[start] = (byte) (FIN | (compressed ? RSV1 : 0) | opcode);
    applyMask(mask);
    return start;
  }

  private void applyMask(int mask) {
    long wide = (long) mask << 32 | (mask & 0xffff_ffffL);
    int i = CONTENT;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ wide);
    }
    for (int shift = 24; i < end; i++, shift -= 8) {
      bytes[i] ^= (byte) (mask >>> (shift & 31));
    }
  }
}
