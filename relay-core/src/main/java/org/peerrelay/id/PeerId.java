package org.peerrelay.id;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A 160-bit peer id, as Kademlia uses it: a point in the space whose distance is XOR.
 *
 * <p>Immutable, and small enough to be a map key on the forwarding path: three primitive fields
 * hold the 20 bytes in big-endian order. In every text form an id is 40 lower-case hexadecimal
 * digits.
 *
 * @param high bytes 0 to 7
 * @param middle bytes 8 to 15
 * @param low bytes 16 to 19
 */
public record PeerId(long high, long middle, int low) implements Comparable<PeerId> {
  /** Length of an id in bytes. */
  public static final int BYTES = 20;

  /** Length of an id in bits. */
  public static final int BITS = 160;

  /** Length of an id in hexadecimal digits. */
  public static final int HEX_DIGITS = 40;

  /**
   * Reads an id from 20 bytes.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static PeerId ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "peer id length: " + bytes.length + " bytes (expected: " + BYTES + ")");
    }
    return new PeerId(
        bigEndian(bytes, 0, 8), bigEndian(bytes, 8, 8), (int) bigEndian(bytes, 16, 4));
  }

  /**
   * Reads an id from 40 hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static PeerId ofHex(String hex) {
    return parse(hex)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "peer id: '" + hex + "' (expected: " + HEX_DIGITS + " hexadecimal digits)"));
  }

  /** Reads an id from 40 hexadecimal digits of either case; empty if the text is anything else. */
  public static Optional<PeerId> parse(String hex) {
    if (hex.length() != HEX_DIGITS) {
      return Optional.empty();
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      char c = hex.charAt(i);
      if (c > 'f' || Character.digit(c, 16) < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new PeerId(
            Long.parseUnsignedLong(hex, 0, 16, 16),
            Long.parseUnsignedLong(hex, 16, 32, 16),
            Integer.parseUnsignedInt(hex, 32, 40, 16)));
  }

  /** An id with uniformly distributed bits, drawn from {@code random}. */
  public static PeerId random(RandomGenerator random) {
    return new PeerId(random.nextLong(), random.nextLong(), random.nextInt());
  }

  /** The 20 bytes of this id, in a new array. */
  public byte[] toBytes() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = byteAt(i);
    }
    return bytes;
  }

  /** The byte at {@code index}, 0 (most significant) to 19. */
  public byte byteAt(int index) {
    if (index < 8) {
      return (byte) (high >>> (56 - 8 * index));
    }
    return index < 16 ? (byte) (middle >>> (120 - 8 * index)) : (byte) (low >>> (152 - 8 * index));
  }

  /** The bit at {@code index}, 0 (most significant) to 159. */
  public boolean bitAt(int index) {
    if (index < 64) {
      return (high << index) < 0;
    }
    return index < 128 ? (middle << (index - 64)) < 0 : (low << (index - 128)) < 0;
  }

  /**
   * The id that shares exactly {@code index} (0 to 159) leading bits with this one, and has the
   * bits after the one in which they differ of {@code rest}.
   */
  public PeerId differingAt(int index, PeerId rest) {
    byte[] bytes = rest.toBytes();
    int last = index / 8;
    for (int i = 0; i < last; i++) {
      bytes[i] = byteAt(i);
    }
    int flipped = 0x80 >> index % 8;
    int after = flipped - 1;
    int before = ~(flipped | after);
    int own = byteAt(last);
    bytes[last] = (byte) ((own & before) | (~own & flipped) | (bytes[last] & after));
    return ofBytes(bytes);
  }

  /** How many leading bits this id shares with {@code other}: 160 for an equal id. */
  public int commonPrefixBits(PeerId other) {
    if (high != other.high) {
      return Long.numberOfLeadingZeros(high ^ other.high);
    }
    if (middle != other.middle) {
      return 64 + Long.numberOfLeadingZeros(middle ^ other.middle);
    }
    return 128 + Integer.numberOfLeadingZeros(low ^ other.low);
  }

  /**
   * Compares the XOR distances of two ids from this one: negative if {@code a} is nearer, positive
   * if {@code b} is, zero only if they are equal. Allocates nothing.
   */
  public int compareDistance(PeerId a, PeerId b) {
    int order = Long.compareUnsigned(high ^ a.high, high ^ b.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle ^ a.middle, middle ^ b.middle);
    }
    return order != 0 ? order : Integer.compareUnsigned(low ^ a.low, low ^ b.low);
  }

  /** Orders ids as unsigned 160-bit numbers, which is the order of their hexadecimal text. */
  @Override
  public int compareTo(PeerId other) {
    int order = Long.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order != 0 ? order : Integer.compareUnsigned(low, other.low);
  }

  /** Mixes all bits, since ids made near to one another on purpose must not share a hash bin. */
  @Override
  public int hashCode() {
    long mixed = folded(high) * 0x9E3779B97F4A7C15L + middle;
    mixed = folded(mixed) * 0xC2B2AE3D27D4EB4FL + low;
    return (int) ((folded(mixed) * 0x9E3779B97F4A7C15L) >>> 32);
  }

  /** The id as 40 lower-case hexadecimal digits. */
  public String hex() {
    StringBuilder text = new StringBuilder(HEX_DIGITS);
    for (int i = 0; i < BYTES; i++) {
      byte b = byteAt(i);
      text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }

  /** The same as {@link #hex()}. */
  @Override
  public String toString() {
    return hex();
  }

  /** Brings the high bits down to where a multiplication spreads them. */
  private static long folded(long bits) {
    return bits ^ (bits >>> 32);
  }

  private static long bigEndian(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }
}
