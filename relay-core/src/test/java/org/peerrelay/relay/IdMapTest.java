package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;

class IdMapTest {
  private static final PeerId FIRST = new PeerId(0, 0, 1);
  private static final PeerId SECOND = new PeerId(0, 0, 2);
  private static final PeerId THIRD = new PeerId(0, 0, 3);

  private final IdMap<String> map = new IdMap<>();

  @Test
  void anEmptyMapHasNothing() {
    assertTrue(map.isEmpty());
    assertNull(map.get(FIRST));
    assertNull(map.remove(FIRST));
    assertFalse(map.values().iterator().hasNext());
    assertThrows(NoSuchElementException.class, () -> map.keySet().iterator().next());
    map.removeFirst();
    assertEquals(Map.of(), map);
  }

  @Test
  void whatIsPutInAgainKeepsItsPlaceUnlessItWasRemoved() {
    map.put(FIRST, "a");
    map.put(SECOND, "b");
    map.put(THIRD, "c");
    assertEquals("a", map.put(FIRST, "d"));
    assertEquals(List.of("d", "b", "c"), List.copyOf(map.values()));
    map.remove(FIRST);
    map.put(FIRST, "e");
    assertEquals(List.of(SECOND, THIRD, FIRST), List.copyOf(map.keySet()));
  }

  @Test
  void theFirstIsTheOneThatWasPutInLongestAgo() {
    map.put(FIRST, "a");
    map.put(SECOND, "b");
    map.put(THIRD, "c");
    map.remove(SECOND);
    map.removeFirst();
    assertEquals(Map.of(THIRD, "c"), map);
  }

  @Test
  void anIteratorRemovesWhatItHasReturnedOnce() {
    map.put(FIRST, "a");
    map.put(SECOND, "b");
    Iterator<PeerId> ids = map.keySet().iterator();
    assertThrows(IllegalStateException.class, ids::remove);
    ids.next();
    ids.remove();
    assertThrows(IllegalStateException.class, ids::remove);
    assertEquals(SECOND, ids.next());
    ids.remove();
    assertFalse(ids.hasNext());
    assertTrue(map.isEmpty());
  }

  /** Against the JDK's map, few entries and many, so that gaps are where others come. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anySequenceDoesWhatALinkedMapDoes(long seed) {
    Random random = new Random(seed);
    List<PeerId> peers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      peers.add(PeerId.random(random));
    }
    IdMap<Integer> tested = new IdMap<>();
    Map<PeerId, Integer> model = new LinkedHashMap<>();
    for (int step = 0; step < 20_000; step++) {
      PeerId peer = peers.get(random.nextInt(1 + step / 50 % peers.size()));
      if (random.nextInt(3) == 0) {
        assertEquals(model.remove(peer), tested.remove(peer), "seed " + seed);
      } else {
        assertEquals(model.put(peer, step), tested.put(peer, step), "seed " + seed);
      }
      if (random.nextInt(100) == 0) {
        int third = random.nextInt(3);
        model.values().removeIf(value -> value % 3 == third);
        tested.values().removeIf(value -> value % 3 == third);
      }
      PeerId other = peers.get(random.nextInt(peers.size()));
      assertEquals(model.get(other), tested.get(other), "seed " + seed);
      assertEquals(model.containsKey(other), tested.containsKey(other), "seed " + seed);
      assertEquals(model.size(), tested.size(), "seed " + seed);
    }
    assertEquals(List.copyOf(model.entrySet()), List.copyOf(tested.entrySet()), "seed " + seed);
  }

  @Test
  void aQueueOfManyTakesTheSameRoomForEver() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      map.put(PeerId.random(random), "x");
      if (map.size() > 1_000) {
        map.removeFirst();
      }
    }
    assertEquals(1_000, map.size());
    assertEquals(1_000, List.copyOf(map.keySet()).size());
  }
}
