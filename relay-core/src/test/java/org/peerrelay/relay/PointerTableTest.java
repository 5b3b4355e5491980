package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.id;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;

class PointerTableTest {
  private static final int MAX_HELD = 20;
  private static final int LIFETIME_S = 60;
  private static final PeerId PEER = id(1);
  private static final PeerId FIRST = id(101);
  private static final PeerId SECOND = id(102);
  private static final PeerId THIRD = id(103);
  private static final Seal SEAL = new Seal(new byte[32], new byte[64]);

  private final Counters counters = new Counters();
  private final PointerTable table =
      new PointerTable(new PeerId(9, 9, 9), MAX_HELD, new KeyedHash(new Random(1)), counters);
  // Clocks start anywhere, below zero too.
  private final long startNs = new Random(1).nextLong();
  private final long endNs = startNs + TimeUnit.SECONDS.toNanos(LIFETIME_S);

  private static Pointer pointer(PeerId peer, long issued, PeerId... relays) {
    return new Pointer(peer, List.of(relays), issued, LIFETIME_S, null);
  }

  private static Pointer signed(long issued, PeerId... relays) {
    return new Pointer(PEER, List.of(relays), issued, LIFETIME_S, SEAL);
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertNull(table.relayOf(PEER, startNs));
    assertNull(table.held(PEER, startNs));
    assertEquals(0, table.size());
  }

  @Test
  void anUnsignedPointerTakesOverNoRelaysOfOneThatHasEnded() {
    assertTrue(table.hold(pointer(PEER, 1, FIRST), 0, startNs));
    assertTrue(table.hold(pointer(PEER, 2, SECOND), 0, endNs));
    assertEquals(pointer(PEER, 2, SECOND), table.held(PEER, endNs));
  }

  @Test
  void aHeldPointerCountsUntilItEnds() {
    Pointer pointer = pointer(PEER, 1, FIRST, SECOND);
    assertTrue(table.hold(pointer, 0, startNs));
    assertEquals(FIRST, table.relayOf(PEER, endNs - 1));
    assertEquals(pointer, table.held(PEER, endNs - 1));
    assertNull(table.relayOf(PEER, endNs));
    assertNull(table.held(PEER, endNs));
  }

  @Test
  void whatIsOldAlreadyCountsForTheRestOfItsLifetime() {
    Pointer pointer = pointer(PEER, 1, FIRST);
    assertFalse(table.hold(pointer, pointer.lifetimeS(), startNs), "it has ended");
    assertTrue(table.hold(pointer, 1, startNs));
    assertEquals(1, table.ageS(PEER, startNs));
    assertEquals(2, table.ageS(PEER, startNs + 1), "rounded up");
    assertEquals(2, table.ageS(PEER, startNs + 1_000_000_000L));
    assertEquals(pointer, table.held(PEER, endNs - 1_000_000_001L));
    assertNull(table.held(PEER, endNs - 1_000_000_000L));
  }

  @Test
  void eachAttemptTriesAnotherRelayOfAHeldPointer() {
    assertTrue(table.hold(signed(1, FIRST, SECOND, THIRD), 0, startNs));
    List<PeerId> tried = new ArrayList<>();
    for (int attempt = 0; attempt < 6; attempt++) {
      tried.add(table.relayOf(PEER, attempt, true, startNs));
    }
    assertEquals(List.of(FIRST, SECOND, THIRD, FIRST, THIRD, FIRST), tried);
    table.notAt(PEER, FIRST);
    assertEquals(SECOND, table.relayOf(PEER, 0, true, startNs));
    assertEquals(THIRD, table.relayOf(PEER, 1, true, startNs));
  }

  @Test
  void whatWasToldServesEachOfItsRelaysAndThenAllButThoseThatEvade() {
    table.tell(signed(2, FIRST, SECOND), startNs);
    assertEquals(FIRST, table.relayOf(PEER, 0, true, startNs));
    assertEquals(SECOND, table.relayOf(PEER, 1, true, startNs));
    assertEquals(FIRST, table.relayOf(PEER, 2, true, startNs));
    assertNull(table.relayOf(PEER, 3, true, startNs));
    assertEquals(SECOND, table.relayOf(PEER, 4, true, startNs));
    assertNull(table.relayOf(PEER, 7, true, startNs));
    assertTrue(table.hold(signed(1, THIRD), 0, startNs));
    assertEquals(SECOND, table.relayOf(PEER, 1, true, startNs));
    assertEquals(THIRD, table.relayOf(PEER, 3, true, startNs));
    table.tell(signed(3, FIRST, SECOND, id(7), id(8)), startNs);
    assertEquals(id(8), table.relayOf(PEER, Attempts.EVADING, true, startNs));
  }

  @Test
  void whatAnybodyMayHaveMadeUpServesOneAttempt() {
    table.tell(pointer(PEER, Long.MAX_VALUE, FIRST, SECOND), startNs);
    assertEquals(FIRST, table.relayOf(PEER, 0, true, startNs));
    assertNull(table.relayOf(PEER, 1, true, startNs));
  }

  @Test
  void whatWasToldCountsUntilItEndsAndIsNotToldToOthers() {
    table.tell(pointer(PEER, 1, FIRST), startNs);
    assertEquals(FIRST, table.relayOf(PEER, endNs - 1));
    assertNull(table.held(PEER, startNs));
    assertNull(table.relayOf(PEER, endNs));
  }

  @Test
  void theLaterOfWhatWasToldAndWhatIsHeldCountsAndTheOtherWhenItHasEnded() {
    table.tell(pointer(PEER, 2, FIRST), startNs);
    assertTrue(table.hold(pointer(PEER, 1, SECOND), 0, startNs + 1));
    assertEquals(FIRST, table.relayOf(PEER, endNs - 1));
    assertEquals(SECOND, table.relayOf(PEER, endNs));

    assertTrue(table.hold(pointer(PEER, 3, THIRD), 0, startNs + 2));
    assertEquals(THIRD, table.relayOf(PEER, startNs + 2));
  }

  @Test
  void pointersOfAPeerByTwoRelaysAreKeptTogetherTheLatestFirst() {
    assertTrue(table.hold(pointer(PEER, 1, FIRST), 0, startNs));
    assertTrue(table.hold(pointer(PEER, 2, SECOND), 0, startNs));
    assertEquals(SECOND, table.relayOf(PEER, startNs));
    table.notAt(PEER, SECOND);
    assertEquals(FIRST, table.relayOf(PEER, startNs));
  }

  @Test
  void theLaterPointerDisplacesTheEarlier() {
    assertTrue(table.hold(pointer(PEER, 2, FIRST), 0, startNs));
    assertFalse(table.hold(pointer(PEER, 1, SECOND), 0, startNs));
    assertFalse(table.hold(pointer(PEER, 2, SECOND), 0, startNs));
    assertEquals(FIRST, table.relayOf(PEER, startNs));
    assertTrue(table.hold(pointer(PEER, 3, SECOND), 0, startNs));
    assertEquals(SECOND, table.relayOf(PEER, startNs));
  }

  @Test
  void aSignedPointerBeatsAnyUnsignedOne() {
    assertTrue(table.hold(pointer(PEER, 9, FIRST), 0, startNs));
    assertTrue(table.hold(signed(1, SECOND), 0, startNs));
    assertFalse(table.hold(pointer(PEER, 99, FIRST), 0, startNs));
    assertEquals(SECOND, table.relayOf(PEER, startNs));
    table.tell(signed(2, THIRD), startNs);
    table.tell(pointer(PEER, 99, FIRST), startNs);
    assertEquals(THIRD, table.relayOf(PEER, startNs));
  }

  @Test
  void aPointerThatHasEndedDoesNotStandInTheWayOfAnother() {
    assertTrue(table.hold(signed(9, FIRST), 0, startNs));
    assertTrue(table.hold(pointer(PEER, 1, SECOND), 0, endNs));
    assertEquals(SECOND, table.relayOf(PEER, endNs));
    table.tell(signed(9, FIRST), startNs);
    table.tell(pointer(PEER, 2, THIRD), endNs);
    assertEquals(THIRD, table.relayOf(PEER, endNs));
  }

  @Test
  void noMoreAreHeldThanThereIsRoomFor() {
    for (int i = 0; i < MAX_HELD; i++) {
      assertTrue(table.hold(pointer(id(i), 1, FIRST), 0, startNs));
    }
    assertFalse(table.hold(pointer(id(MAX_HELD), 1, FIRST), 0, startNs));
    assertEquals(1, counters.snapshot().refused().get(Refusal.POINTERS_FULL));
    assertTrue(table.hold(pointer(id(0), 2, SECOND), 0, startNs), "one that is held already");
    assertEquals(MAX_HELD, table.size());
    table.sweep(endNs - 1);
    assertEquals(MAX_HELD, table.size());
    table.sweep(endNs);
    assertEquals(0, table.size());
    assertTrue(table.hold(pointer(id(MAX_HELD), 1, FIRST), 0, endNs));
  }

  @Test
  void whatIsToldIsBoundedToo() {
    for (int i = 0; i < 10 * MAX_HELD; i++) {
      table.tell(pointer(id(i), 1, FIRST), startNs);
    }
    int known = 0;
    for (int i = 0; i < 10 * MAX_HELD; i++) {
      known += table.relayOf(id(i), startNs) == null ? 0 : 1;
    }
    assertTrue(known <= 2 * MAX_HELD, "known: " + known);
    assertEquals(FIRST, table.relayOf(id(10 * MAX_HELD - 1), startNs));
  }

  @Test
  void theRelaysOfWhatWasToldAreTriedInTurnAndThenItIsForgotten() {
    table.tell(pointer(PEER, 1, FIRST, SECOND, THIRD), startNs);
    table.notAt(PEER, FIRST);
    assertEquals(SECOND, table.relayOf(PEER, startNs));
    table.notAt(PEER, SECOND);
    assertEquals(THIRD, table.relayOf(PEER, startNs));
    table.notAt(PEER, THIRD);
    assertNull(table.relayOf(PEER, startNs));
  }

  @Test
  void theRelaysOfWhatIsHeldAreTriedInTurnForEver() {
    Pointer pointer = pointer(PEER, 1, FIRST, SECOND);
    assertTrue(table.hold(pointer, 0, startNs));
    for (int i = 0; i < 3; i++) {
      assertEquals(FIRST, table.relayOf(PEER, startNs));
      table.notAt(PEER, FIRST);
      assertEquals(SECOND, table.relayOf(PEER, startNs));
      table.notAt(PEER, SECOND);
    }
    assertEquals(pointer, table.held(PEER, startNs));
    assertNull(table.relayOf(PEER, endNs));
  }

  @Test
  void whatIsSaidOfAnotherRelayCountsForNothing() {
    table.tell(pointer(PEER, 1, FIRST, SECOND), startNs);
    assertTrue(table.hold(pointer(PEER, 1, FIRST, SECOND), 0, startNs));
    table.notAt(PEER, SECOND);
    table.notAt(id(2), FIRST);
    assertEquals(FIRST, table.relayOf(PEER, startNs));
    assertEquals(FIRST, table.relayOf(PEER, endNs - 1));
  }

  @Test
  void whatWasForgottenDoesNotComeBackFromTheFormerGeneration() {
    table.tell(pointer(PEER, 1, FIRST), startNs);
    for (int i = 0; i < MAX_HELD; i++) {
      table.tell(pointer(id(1_000 + i), 1, FIRST), startNs);
    }
    table.tell(pointer(PEER, 2, SECOND), startNs);
    table.notAt(PEER, SECOND);
    assertNull(table.relayOf(PEER, startNs));
  }

  @Test
  void heldPointersOfSomePeersAreListedUntilTheyEnd() {
    Pointer one = pointer(id(1), 1, FIRST);
    assertTrue(table.hold(one, 0, startNs));
    assertTrue(table.hold(pointer(id(2), 1, FIRST), 0, startNs));
    assertEquals(List.of(one), table.held(peer -> peer.equals(id(1)), endNs - 1));
    assertEquals(List.of(), table.held(peer -> true, endNs));
  }
}
