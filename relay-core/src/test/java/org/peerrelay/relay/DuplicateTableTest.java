package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;

class DuplicateTableTest {
  private static final PeerId AUTHOR = new PeerId(1, 2, 3);
  private static final int ENTRIES = 1_000;
  private static final long LIFETIME_NS = 100;

  private final DuplicateTable table = new DuplicateTable(ENTRIES, LIFETIME_NS, new Random(1));

  @Test
  void whatHasNotPassedIsNew() {
    assertTrue(table.firstSight(AUTHOR, 1, 0));
  }

  @Test
  void whatHasPassedIsNotNew() {
    table.firstSight(AUTHOR, 1, 0);

    assertFalse(table.firstSight(AUTHOR, 1, 0));
  }

  @Test
  void anotherNonceIsAnotherDatagram() {
    table.firstSight(AUTHOR, 1, 0);

    assertTrue(table.firstSight(AUTHOR, 2, 0));
  }

  @Test
  void anotherAuthorIsAnotherDatagram() {
    table.firstSight(AUTHOR, 1, 0);

    assertTrue(table.firstSight(new PeerId(1, 2, 4), 1, 0));
    assertTrue(table.firstSight(new PeerId(1, 3, 3), 1, 0));
    assertTrue(table.firstSight(new PeerId(2, 2, 3), 1, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000_000_000L, Long.MAX_VALUE - 1_000, Long.MIN_VALUE, -50})
  void aDatagramIsRememberedForALifetimeWhateverTheClockShows(long startNs) {
    table.firstSight(AUTHOR, 0, startNs);
    for (long nonce = 1; nonce < 100; nonce++) {
      table.firstSight(AUTHOR, nonce, startNs + nonce);
      assertFalse(table.firstSight(AUTHOR, 0, startNs + nonce));
    }
  }

  @Test
  void sweepingForgetsNothingThatCounts() {
    for (int age = 0; age < 3 * LIFETIME_NS; age++) {
      table.firstSight(AUTHOR, age, age);
      table.sweep(age + LIFETIME_NS - 1);
      assertTrue(table.hasSeen(AUTHOR, age, age + LIFETIME_NS - 1));
    }
    table.sweep(100 * LIFETIME_NS);
    assertFalse(table.hasSeen(AUTHOR, 3 * LIFETIME_NS - 1, 100 * LIFETIME_NS));
    assertTrue(table.firstSight(AUTHOR, 0, 100 * LIFETIME_NS));
    assertFalse(table.firstSight(AUTHOR, 0, 100 * LIFETIME_NS));
  }

  @Test
  void aDatagramIsRememberedForALifetimeAtAnyTimeOfItsGeneration() {
    for (int age = 0; age < 2 * LIFETIME_NS; age++) {
      DuplicateTable aged = new DuplicateTable(ENTRIES, LIFETIME_NS, new Random(1));
      aged.firstSight(AUTHOR, 1, 0);
      aged.firstSight(AUTHOR, 2, age);

      assertFalse(aged.firstSight(AUTHOR, 2, age + LIFETIME_NS - 1));
    }
  }

  @Test
  void aDatagramIsForgottenAfterTwoLifetimes() {
    table.firstSight(AUTHOR, 1, 0);
    table.firstSight(AUTHOR, 2, LIFETIME_NS);

    assertTrue(table.firstSight(AUTHOR, 1, 2 * LIFETIME_NS));
  }

  @Test
  void aDatagramIsForgottenAfterTwoLifetimesInWhichNothingCame() {
    table.firstSight(AUTHOR, 1, 0);

    assertTrue(table.firstSight(AUTHOR, 1, 2 * LIFETIME_NS));
  }

  @Test
  void asManyAsAGenerationHoldsAreAllRemembered() {
    for (int nonce = 0; nonce < ENTRIES; nonce++) {
      assertTrue(table.firstSight(AUTHOR, nonce, 0));
    }
    for (int nonce = 0; nonce < ENTRIES; nonce++) {
      assertFalse(table.firstSight(AUTHOR, nonce, 0), "nonce " + nonce);
    }
  }

  @Test
  void theLatestThousandAreRememberedHoweverManyPass() {
    for (int nonce = 0; nonce < 20 * ENTRIES; nonce++) {
      assertTrue(table.firstSight(AUTHOR, nonce, 0));
      assertFalse(table.firstSight(AUTHOR, Math.max(0, nonce - ENTRIES + 1), 0), "at " + nonce);
    }
  }

  @Test
  void theOldestAreForgottenWhenManyPass() {
    for (int nonce = 0; nonce < 3 * ENTRIES; nonce++) {
      table.firstSight(AUTHOR, nonce, 0);
    }

    assertTrue(table.firstSight(AUTHOR, 0, 0));
  }

  @Test
  void duplicatesTakeNoRoom() {
    for (int i = 0; i < 20 * ENTRIES; i++) {
      table.firstSight(AUTHOR, i % (ENTRIES / 2), 0);
    }

    assertFalse(table.firstSight(AUTHOR, 0, 0));
  }

  @Test
  void ofAMillionDatagramsNoneIsTakenForAnother() {
    DuplicateTable large = new DuplicateTable(1_000_000, LIFETIME_NS, new Random(1));
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 1_000_000; i++) {
      refused += large.firstSight(PeerId.random(random), random.nextLong(), 0) ? 0 : 1;
    }

    assertEquals(0, refused);
  }

  @Test
  void aTableForASingleDatagramRemembersThatOne() {
    DuplicateTable smallest = new DuplicateTable(1, LIFETIME_NS, new Random(1));

    for (int nonce = 0; nonce < 1_000; nonce++) {
      assertTrue(smallest.firstSight(AUTHOR, nonce, 0));
      assertFalse(smallest.firstSight(AUTHOR, nonce, 0));
    }
  }
}
