package org.peerrelay.id;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {
  private static final int ROUNDS = 1_000;
  private static final String HEX = "00112233445566778899aabbccddeeff0a1b2c3d";

  private final Random random = new Random(160);

  @Test
  void anIdIsFortyLowerCaseHexDigitsInText() {
    PeerId id = PeerId.ofHex(HEX.toUpperCase(Locale.ROOT));

    assertEquals(HEX, id.hex());
    assertEquals(HEX, id.toString());
    assertEquals(PeerId.ofHex(HEX), id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00112233445566778899aabbccddeeff0a1b2c3",
        "00112233445566778899aabbccddeeff0a1b2c3d0",
        "g0112233445566778899aabbccddeeff0a1b2c3d",
        "+0112233445566778899aabbccddeeff0a1b2c3d",
        "00112233445566778899aabbccddeeff-a1b2c3d",
        "0011223344556677 899aabbccddeeff0a1b2c3d",
        "\uff100112233445566778899aabbccddeeff0a1b2c3",
        "\u06600112233445566778899aabbccddeeff0a1b2c3"
      })
  void textThatIsNotFortyHexDigitsIsRefused(String text) {
    assertEquals(Optional.empty(), PeerId.parse(text));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> PeerId.ofHex(text));
    assertEquals("peer id: '" + text + "' (expected: 40 hexadecimal digits)", refusal.getMessage());
  }

  @Test
  void bytesOfAnotherLengthAreRefused() {
    for (int length : new int[] {0, 19, 21, 32}) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> PeerId.ofBytes(new byte[length]));
      assertEquals("peer id length: " + length + " bytes (expected: 20)", refusal.getMessage());
    }
  }

  @Test
  void bytesTextAndBitsTellTheSameId() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[PeerId.BYTES];
      random.nextBytes(bytes);
      PeerId id = PeerId.ofBytes(bytes);

      assertArrayEquals(bytes, id.toBytes());
      assertEquals(HexFormat.of().formatHex(bytes), id.hex());
      assertEquals(id, PeerId.ofHex(id.hex()));
      assertEquals(id.hashCode(), PeerId.ofHex(id.hex()).hashCode());
      for (int i = 0; i < PeerId.BYTES; i++) {
        assertEquals(bytes[i], id.byteAt(i));
      }
      for (int i = 0; i < PeerId.BITS; i++) {
        assertEquals(number(id).testBit(PeerId.BITS - 1 - i), id.bitAt(i), "bit " + i);
      }
    }
  }

  @Test
  void twoIdsShareTheBitsBeforeTheFirstThatDiffers() {
    for (int round = 0; round < ROUNDS; round++) {
      PeerId id = PeerId.random(random);
      assertEquals(PeerId.BITS, id.commonPrefixBits(id));
      int differs = random.nextInt(PeerId.BITS);
      // The bits behind the first that differs are drawn anew: they must not matter.
      BigInteger difference =
          BigInteger.ONE
              .shiftLeft(PeerId.BITS - 1 - differs)
              .or(new BigInteger(PeerId.BITS - 1 - differs, random));
      PeerId other = id(number(id).xor(difference));

      assertEquals(differs, id.commonPrefixBits(other));
      assertEquals(differs, other.commonPrefixBits(id));
    }
  }

  @Test
  void idsAreOrderedAsUnsignedNumbersAndAsText() {
    for (int round = 0; round < ROUNDS; round++) {
      PeerId a = PeerId.random(random);
      PeerId b = neighbourOf(a);

      assertEquals(sign(number(a).compareTo(number(b))), sign(a.compareTo(b)));
      assertEquals(sign(a.hex().compareTo(b.hex())), sign(a.compareTo(b)));
      assertEquals(0, a.compareTo(id(number(a))));
    }
  }

  @Test
  void distanceIsTheXorOfTwoIdsAsAnUnsignedNumber() {
    for (int round = 0; round < ROUNDS; round++) {
      PeerId target = PeerId.random(random);
      PeerId a = neighbourOf(target);
      PeerId b = neighbourOf(a);
      BigInteger distanceA = number(target).xor(number(a));
      BigInteger distanceB = number(target).xor(number(b));

      assertEquals(sign(distanceA.compareTo(distanceB)), sign(target.compareDistance(a, b)));
      assertEquals(0, target.compareDistance(a, id(number(a))));
    }
  }

  @Test
  void randomIdsUseAllBits() {
    PeerId ones = PeerId.random(random);
    PeerId zeros = ones;
    for (int round = 0; round < 64; round++) {
      PeerId id = PeerId.random(random);
      ones =
          new PeerId(ones.high() | id.high(), ones.middle() | id.middle(), ones.low() | id.low());
      zeros =
          new PeerId(
              zeros.high() & id.high(), zeros.middle() & id.middle(), zeros.low() & id.low());
    }

    assertEquals("f".repeat(PeerId.HEX_DIGITS), ones.hex());
    assertEquals("0".repeat(PeerId.HEX_DIGITS), zeros.hex());
    assertNotEquals(PeerId.random(random), PeerId.random(random));
  }

  @Test
  void idsThatDifferInAnyEightBitsInARowSpreadOverTheBinsOfAHashMap() {
    PeerId id = PeerId.random(random);
    for (int shift = 0; shift <= PeerId.BITS - 8; shift++) {
      Set<Integer> bins = new HashSet<>();
      for (int i = 0; i < 256; i++) {
        bins.add(binOf(id(number(id).xor(BigInteger.valueOf(i).shiftLeft(shift)))));
      }
      int at = shift;
      assertTrue(bins.size() > 128, () -> bins.size() + " bins for 256 ids, bits from " + at);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 63, 64, 100, 127, 128, 158, 159})
  void anIdThatDiffersFirstAtABitHasTheRestOfAnother(int index) {
    PeerId one = PeerId.random(random);
    PeerId rest = PeerId.random(random);
    PeerId made = one.differingAt(index, rest);
    assertEquals(index, one.commonPrefixBits(made));
    for (int bit = index + 1; bit < PeerId.BITS; bit++) {
      assertEquals(rest.bitAt(bit), made.bitAt(bit));
    }
  }

  /** The bin of 512 into which {@link java.util.HashMap} would put the id. */
  private static int binOf(PeerId id) {
    int hash = id.hashCode();
    return (hash ^ (hash >>> 16)) & 511;
  }

  /** An id that differs from {@code id} in a random number of last bits, perhaps in none. */
  private PeerId neighbourOf(PeerId id) {
    return id(number(id).xor(new BigInteger(random.nextInt(PeerId.BITS + 1), random)));
  }

  private static BigInteger number(PeerId id) {
    return new BigInteger(1, id.toBytes());
  }

  private static PeerId id(BigInteger number) {
    return PeerId.ofHex("%040x".formatted(number));
  }

  private static int sign(int order) {
    return Integer.signum(order);
  }
}
