package org.peerrelay.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class PointerTest {
  private static final PeerId PEER = new PeerId(1, 2, 3);
  private static final Seal SEAL = new Seal(new byte[32], new byte[64]);

  private static Pointer issued(long issued, @Nullable Seal seal) {
    return new Pointer(PEER, List.of(PEER), issued, 60, seal);
  }

  @Test
  void ofTwoOfAKindTheLaterCounts() {
    assertTrue(issued(2, null).displaces(issued(1, null)));
    assertFalse(issued(1, null).displaces(issued(2, null)));
    assertTrue(issued(2, SEAL).displaces(issued(1, SEAL)));
    assertFalse(issued(1, SEAL).displaces(issued(2, SEAL)));
  }

  @Test
  void theSameDoesNotDisplaceItself() {
    assertFalse(issued(1, null).displaces(issued(1, null)));
    assertFalse(issued(1, SEAL).displaces(issued(1, SEAL)));
  }

  @Test
  void aSignedOneCountsBeforeAnyUnsignedOne() {
    assertTrue(issued(0, SEAL).displaces(issued(Long.MAX_VALUE, null)));
    assertFalse(issued(Long.MAX_VALUE, null).displaces(issued(0, SEAL)));
  }

  @Test
  void theListOfRelaysIsCopied() {
    List<PeerId> relays = new ArrayList<>(List.of(PEER));
    Pointer pointer = new Pointer(PEER, relays, 0, 1, null);
    relays.clear();
    assertEquals(List.of(PEER), pointer.relays());
    assertThrows(UnsupportedOperationException.class, () -> pointer.relays().clear());
  }

  @Test
  void aSealKeepsCopiesAndComparesByContent() {
    byte[] key = new byte[32];
    byte[] signature = new byte[64];
    Seal seal = new Seal(key, signature);
    key[0] = 1;
    signature[0] = 1;
    assertEquals(SEAL, seal);
    seal.publicKey()[0] = 1;
    seal.signature()[0] = 1;
    assertEquals(SEAL, seal);
    assertEquals(SEAL.hashCode(), seal.hashCode());
    assertFalse(SEAL.equals(new Seal(key, new byte[64])));
    assertFalse(SEAL.equals(new Seal(new byte[32], signature)));
  }
}
