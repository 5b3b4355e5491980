package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

/** When the relays whose links were lost are dialed again, and which. */
class LostRelaysTest {
  private static final TableConfig CONFIG = TableConfig.DEFAULT;

  private final LostRelays lost = new LostRelays(CONFIG, new Random(1));
  private long nowNs = -7;

  private static PeerId id(int number) {
    return new PeerId(number, 0, 0);
  }

  private void lose(int number) {
    lost.add(id(number), "ws://relay.example/" + number, nowNs);
  }

  private List<PeerId> dialedWithin(long durationNs) {
    List<PeerId> dialed = new ArrayList<>();
    for (long endNs = nowNs + durationNs; nowNs - endNs < 0; nowNs += CONFIG.lostDialNs() / 20) {
      KnownRelay relay = lost.due(nowNs);
      if (relay != null) {
        dialed.add(relay.id());
      }
    }
    return dialed;
  }

  @Test
  void nobodyIsDialedWhereNobodyIsLost() {
    assertEquals(List.of(), dialedWithin(10 * CONFIG.lostDialNs()));
  }

  @Test
  void theyAreDialedInTurnButNotAtOnce() {
    lose(1);
    lose(2);
    lose(3);
    assertNull(lost.due(nowNs));
    List<PeerId> dialed = dialedWithin(5 * CONFIG.lostDialNs());
    assertEquals(List.of(id(1), id(2), id(3), id(1), id(2)), dialed.subList(0, 5));
  }

  @Test
  void whoIsLinkedAgainIsNotDialed() {
    lose(1);
    lose(2);
    assertTrue(lost.hasReturned(id(1), nowNs));
    assertFalse(lost.hasReturned(id(1), nowNs));
    assertEquals(
        List.of(id(2)), dialedWithin(4 * CONFIG.lostDialNs()).stream().distinct().toList());
  }

  @Test
  void whenOneIsBackAllOthersAreDialedOnceInAHurry() {
    for (int number = 0; number < 10; number++) {
      lose(number);
    }
    assertFalse(lost.hasReturned(id(77), nowNs));
    assertTrue(lost.hasReturned(id(0), nowNs));
    assertEquals(9, dialedWithin(10 * CONFIG.returnDialNs()).stream().distinct().count());
    assertTrue(dialedWithin(CONFIG.lostDialNs()).size() <= 2, "at the usual pace from then on");
  }

  @Test
  void whoComesBackAgainAndAgainDoesNotKeepOthersFromBeingDialed() {
    lose(1);
    Set<PeerId> dialed = new HashSet<>();
    for (int times = 0; times < 100; times++) {
      lose(2);
      assertTrue(lost.hasReturned(id(2), nowNs));
      nowNs += CONFIG.returnDialNs() / 3;
      KnownRelay relay = lost.due(nowNs);
      if (relay != null) {
        dialed.add(relay.id());
      }
    }
    assertEquals(Set.of(id(1)), dialed);
  }

  @Test
  void whoIsLostForLongIsForgotten() {
    lose(1);
    nowNs += CONFIG.lostKeptNs() - 1;
    assertNotNull(lost.due(nowNs));
    nowNs += CONFIG.lostDialNs();
    assertNull(lost.due(nowNs));
  }

  @Test
  void ofTooManyTheOneWhoseTurnIsNextIsForgotten() {
    for (int number = 0; number <= CONFIG.maxLost(); number++) {
      lose(number);
    }
    List<PeerId> dialed = dialedWithin(CONFIG.maxLost() * CONFIG.lostDialNs());
    assertEquals(id(1), dialed.get(0));
    assertEquals(CONFIG.maxLost(), dialed.stream().distinct().count());
  }
}
