package org.peerrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class RoutingTableTest {
  private final Random random = new Random(160);
  private final PeerId local = PeerId.random(random);
  private final RoutingTable table = new RoutingTable(local, RoutingTable.DEFAULT_K);

  @Test
  void aContactGoesToTheBucketOfTheBitsItSharesWithTheLocalId() {
    for (int bits = 0; bits < PeerId.BITS; bits++) {
      Contact contact = TestIds.contact(TestIds.sharing(random, local, bits), bits);

      assertEquals(List.of(), table.bucket(bits));
      assertEquals(new Insertion.Added(), table.offer(contact));
      assertEquals(List.of(contact), table.bucket(bits));
      assertEquals(Optional.of(contact), table.find(contact.id()));
      assertEquals(bits + 1, table.size());
    }
  }

  @Test
  void theLocalIdIsRefused() {
    assertEquals(new Insertion.Self(), table.offer(TestIds.contact(local, 1)));
    assertEquals(0, table.size());
    assertEquals(Optional.empty(), table.find(local));
    assertFalse(table.remove(local));
  }

  @Test
  void aFullBucketReportsItsOldestContactAndOthersStillHaveRoom() {
    List<Contact> offered = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      offered.add(TestIds.contact(TestIds.sharing(random, local, 3), i));
      assertEquals(new Insertion.Added(), table.offer(offered.get(i)));
    }

    Contact newcomer = TestIds.contact(TestIds.sharing(random, local, 3), 20);
    assertEquals(new Insertion.Full(offered.get(0)), table.offer(newcomer));
    assertEquals(Optional.empty(), table.find(newcomer.id()));
    assertEquals(offered, table.bucket(3));
    assertEquals(
        new Insertion.Added(), table.offer(TestIds.contact(TestIds.sharing(random, local, 4), 21)));
  }

  @Test
  void anInsertionThatIsActedOnReplacesADeadContactAndKeepsALivingOne() {
    RoutingTable small = new RoutingTable(local, 2);
    Contact dead = TestIds.contact(TestIds.sharing(random, local, 0), 1);
    Contact alive = TestIds.contact(TestIds.sharing(random, local, 0), 2);
    Contact newcomer = TestIds.contact(TestIds.sharing(random, local, 0), 3);
    small.offer(dead);
    small.offer(alive);

    Insertion.Full full = assertInstanceOf(Insertion.Full.class, small.offer(newcomer));
    assertTrue(small.remove(full.oldest().id()));
    assertEquals(new Insertion.Added(), small.offer(newcomer));
    assertEquals(List.of(alive, newcomer), small.bucket(0));

    Contact another = TestIds.contact(TestIds.sharing(random, local, 0), 4);
    assertEquals(new Insertion.Full(alive), small.offer(another));
    Contact aliveStill = TestIds.contact(alive.id(), 5);
    assertEquals(new Insertion.Refreshed(alive), small.offer(aliveStill));
    assertEquals(List.of(newcomer, aliveStill), small.bucket(0));
  }

  @Test
  void theTableNeverHoldsMoreThanKContactsABucketHoweverManyAreOffered() {
    RoutingTable small = new RoutingTable(local, 3);
    for (int i = 0; i < 100_000; i++) {
      small.offer(TestIds.contact(TestIds.near(random, local), i));
    }

    assertTrue(small.size() <= 160 * 3, () -> "size " + small.size());
    assertTrue(small.size() > 150 * 3, () -> "size " + small.size());
    for (int bits = 0; bits < PeerId.BITS; bits++) {
      assertTrue(small.bucket(bits).size() <= 3);
    }
  }

  @Test
  void theTableHoldsWhatWasAddedAndNotRemovedAfterAnyHistory() {
    for (int seed = 0; seed < 200; seed++) {
      Random history = new Random(seed);
      RoutingTable any = new RoutingTable(local, 1 + history.nextInt(4));
      Map<PeerId, Contact> expected = new HashMap<>();
      List<PeerId> ids = new ArrayList<>(TestIds.draw(history, 40));
      ids.add(local);
      for (int step = 0; step < 300; step++) {
        Contact contact = TestIds.contact(ids.get(history.nextInt(ids.size())), step);
        if (history.nextInt(3) == 0) {
          boolean known = expected.remove(contact.id()) != null;
          assertEquals(known, any.remove(contact.id()), "seed " + seed);
        } else if (holds(any.offer(contact))) {
          expected.put(contact.id(), contact);
        }
        assertEquals(expected.size(), any.size(), "seed " + seed);
      }
      Set<Contact> contacts = new HashSet<>(any.contacts());
      assertEquals(new HashSet<>(expected.values()), contacts, "seed " + seed);
      assertEquals(any.size(), any.contacts().size(), "seed " + seed);
      ids.forEach(id -> assertEquals(Optional.ofNullable(expected.get(id)), any.find(id)));
    }
  }

  @Test
  void theViewOfTheContactsCannotChangeTheTable() {
    Contact contact = TestIds.contact(PeerId.random(random), 1);
    table.offer(contact);

    assertThrows(UnsupportedOperationException.class, () -> table.contacts().remove(contact));
    assertThrows(UnsupportedOperationException.class, () -> table.contacts().clear());
    assertThrows(UnsupportedOperationException.class, () -> table.contacts().add(contact));
    assertEquals(List.of(contact), List.copyOf(table.contacts()));
  }

  @Test
  void bucketsWithoutRoomAreRefused() {
    for (int k : new int[] {0, -1}) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> new RoutingTable(local, k));
      assertEquals("bucket size: " + k + " (expected: 1 or more)", refusal.getMessage());
    }
  }

  private static boolean holds(Insertion insertion) {
    return insertion instanceof Insertion.Added || insertion instanceof Insertion.Refreshed;
  }
}
