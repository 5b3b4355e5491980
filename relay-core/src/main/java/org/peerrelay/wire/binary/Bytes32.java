package org.peerrelay.wire.binary;

import java.util.Arrays;

/** 32 bytes that compare by content: a key, a hash, or random. Immutable. */
public final class Bytes32 {
  /** How many they are. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Bytes32(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A copy of {@code bytes}.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public static Bytes32 of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("bytes: " + bytes.length + " (expected: " + LENGTH + ")");
    }
    return new Bytes32(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes32 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
