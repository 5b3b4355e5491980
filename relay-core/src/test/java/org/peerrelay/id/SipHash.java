package org.peerrelay.id;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * SipHash-2-4 of any bytes, step by step as in section 2 of "SipHash: a fast short-input PRF"
 * (Aumasson and Bernstein, 2012). Slow and plain: the standard to measure others by.
 */
final class SipHash {
  private SipHash() {}

  static long hash(byte[] key, byte[] message) {
    long k0 = littleEndian(key, 0);
    long k1 = littleEndian(key, 8);
    long[] v = {
      k0 ^ 0x736f6d6570736575L,
      k1 ^ 0x646f72616e646f6dL,
      k0 ^ 0x6c7967656e657261L,
      k1 ^ 0x7465646279746573L
    };
    // Padded with zeros to a whole number of words, of which the last byte is the length.
    byte[] padded = Arrays.copyOf(message, message.length / 8 * 8 + 8);
    padded[padded.length - 1] = (byte) message.length;
    for (int i = 0; i < padded.length; i += 8) {
      long word = littleEndian(padded, i);
      v[3] ^= word;
      sipRound(v);
      sipRound(v);
      v[0] ^= word;
    }
    v[2] ^= 0xff;
    for (int i = 0; i < 4; i++) {
      sipRound(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void sipRound(long[] v) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = Long.rotateLeft(v[1], 13);
    v[3] = Long.rotateLeft(v[3], 16);
    v[1] ^= v[0];
    v[3] ^= v[2];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = Long.rotateLeft(v[1], 17);
    v[3] = Long.rotateLeft(v[3], 21);
    v[1] ^= v[2];
    v[3] ^= v[0];
    v[2] = Long.rotateLeft(v[2], 32);
  }

  private static long littleEndian(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes, offset, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
