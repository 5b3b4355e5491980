package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.id;

import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class TwoGenerationsTest {
  private static final int MAX_ENTRIES = 10;
  private static final PeerId WANTED = id(1_000_000);

  private final TwoGenerations<String> map = new TwoGenerations<>(MAX_ENTRIES);
  private long others;

  private void putOthers(int count) {
    for (int i = 0; i < count; i++) {
      map.put(id(++others), "other");
    }
  }

  @Test
  void whatIsPutIsFoundUntilAnotherTakesItsPlace() {
    assertNull(map.get(WANTED));
    map.put(WANTED, "a");
    assertEquals("a", map.get(WANTED));
    map.put(WANTED, "b");
    assertEquals("b", map.get(WANTED));
  }

  @Test
  void whatIsAskedForIsKeptWhateverElseComes() {
    map.put(WANTED, "a");
    for (int i = 0; i < 20 * MAX_ENTRIES; i++) {
      putOthers(1);
      assertEquals("a", map.get(WANTED));
      assertTrue(map.size() <= 2 * MAX_ENTRIES, () -> "entries: " + map.size());
    }
  }

  @Test
  void whatNobodyAsksForIsForgottenAfterTwoGenerations() {
    map.put(WANTED, "a");
    putOthers(MAX_ENTRIES);
    assertEquals(MAX_ENTRIES + 1, map.size());
    putOthers(MAX_ENTRIES);
    assertNull(map.get(WANTED));
  }

  @Test
  void whatNobodyAsksForIsForgottenAfterTwoTurns() {
    map.turn();
    assertEquals(0, map.size());
    map.put(WANTED, "a");
    putOthers(1);
    map.turn();
    assertEquals("a", map.get(WANTED));
    map.turn();
    assertEquals("a", map.get(WANTED));
    assertNull(map.get(id(others)));
  }

  @Test
  void whatIsRemovedIsGoneFromBothGenerations() {
    map.put(WANTED, "a");
    putOthers(MAX_ENTRIES);
    assertEquals("a", map.get(WANTED));
    map.remove(WANTED, "a");
    assertNull(map.get(WANTED));
  }

  @Test
  void whatWasKnownBeforeDoesNotComeBackWhenItsSuccessorIsRemoved() {
    map.put(WANTED, "old");
    putOthers(MAX_ENTRIES);
    map.put(WANTED, "new");
    map.remove(WANTED, "new");
    assertNull(map.get(WANTED));
  }

  @Test
  void onlyWhatIsMeantIsRemoved() {
    map.put(WANTED, "old");
    putOthers(MAX_ENTRIES);
    map.put(WANTED, "new");
    map.remove(WANTED, "old");
    assertEquals("new", map.get(WANTED));
  }
}
