package org.peerrelay.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.Header;

class KeyedHashTest {
  @Test
  void theReferenceGivesTheTestVectorOfThePaper() {
    assertEquals(0xa129ca6149be45e5L, SipHash.hash(counting(16), counting(15)));
  }

  @Test
  void theReferenceGivesTheTestVectorForNoBytes() {
    assertEquals(0x726fdb47dd0e0e31L, SipHash.hash(counting(16), counting(0)));
  }

  @Test
  void theHashIsSipHashOfTheWordsOfTheIdAndTheNonceInLittleEndianOrder() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long key0 = random.nextLong();
      long key1 = random.nextLong();
      PeerId author = PeerId.random(random);
      long nonce = random.nextLong(Header.MAX_NONCE + 1);

      assertEquals(
          SipHash.hash(words(16).putLong(key0).putLong(key1).array(), message(author, nonce)),
          new KeyedHash(key0, key1).hash(author, nonce),
          () -> "author " + author + ", nonce " + nonce);
    }
  }

  @Test
  void theKeyIsDrawnFromTheGivenSource() {
    PeerId author = new PeerId(1, 2, 3);

    assertEquals(
        new KeyedHash(new Random(1)).hash(author, 4), new KeyedHash(new Random(1)).hash(author, 4));
    assertNotEquals(
        new KeyedHash(new Random(1)).hash(author, 4), new KeyedHash(new Random(2)).hash(author, 4));
  }

  private static byte[] message(PeerId author, long nonce) {
    return words(28)
        .putLong(author.high())
        .putLong(author.middle())
        .putLong(nonce)
        .putInt(author.low())
        .array();
  }

  private static ByteBuffer words(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
