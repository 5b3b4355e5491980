package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;

class CountersTest {
  private final Counters counters = new Counters();

  @Test
  void aNodeThatHasJustBegunHasCountedNothing() {
    Counters.Snapshot snapshot = counters.snapshot();

    assertEquals(0, snapshot.received());
    assertEquals(0, snapshot.originated());
    assertEquals(0, snapshot.delivered());
    assertEquals(0, snapshot.forwarded());
    assertEquals(0, snapshot.droppedInAll());
  }

  @Test
  void everyReasonIsThereFromTheBeginning() {
    Counters.Snapshot snapshot = counters.snapshot();

    assertEquals(Set.of(DropReason.values()), snapshot.dropped().keySet());
    assertEquals(Set.of(CloseReason.values()), snapshot.closed().keySet());
    assertEquals(Set.of(Refusal.values()), snapshot.refused().keySet());
  }

  @Test
  void eachWayOfADatagramHasItsOwnCount() {
    counters.ask(() -> new Counters.Passed(1, 4));
    count(2, counters::countOriginated);
    count(3, counters::countDelivered);
    Counters.Snapshot snapshot = counters.snapshot();

    assertEquals(1, snapshot.received());
    assertEquals(2, snapshot.originated());
    assertEquals(3, snapshot.delivered());
    assertEquals(4, snapshot.forwarded());
  }

  @ParameterizedTest
  @EnumSource
  void aDropIsCountedUnderItsReasonAlone(DropReason reason) {
    counters.countDropped(reason);

    assertEquals(1L, counters.snapshot().dropped().get(reason));
    assertEquals(1, counters.snapshot().droppedInAll());
  }

  @ParameterizedTest
  @EnumSource
  void aCloseIsCountedUnderItsReasonAlone(CloseReason reason) {
    counters.countClosed(reason);

    assertEquals(1L, counters.snapshot().closed().get(reason));
    assertEquals(
        1, counters.snapshot().closed().values().stream().mapToLong(Long::longValue).sum());
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalIsCountedUnderItsNameAlone(Refusal refusal) {
    counters.countRefused(refusal);

    assertEquals(1L, counters.snapshot().refused().get(refusal));
    assertEquals(
        1, counters.snapshot().refused().values().stream().mapToLong(Long::longValue).sum());
    assertEquals(0, counters.snapshot().droppedInAll());
  }

  @Test
  void dropsOfAllReasonsAddUp() {
    count(3, () -> counters.countDropped(DropReason.LOOP));
    count(4, () -> counters.countDropped(DropReason.NO_ROUTE));

    assertEquals(7, counters.snapshot().droppedInAll());
  }

  @Test
  void aSnapshotDoesNotChangeAnyMore() {
    Counters.Snapshot before = counters.snapshot();
    counters.countDropped(DropReason.LOOP);

    assertEquals(0, before.droppedInAll());
    assertThrows(UnsupportedOperationException.class, () -> before.dropped().clear());
  }

  @Test
  void manyThreadsLoseNoCount() throws Exception {
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> count(10_000, () -> counters.countDropped(DropReason.LOOP)));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(40_000, counters.snapshot().droppedInAll());
  }

  private static void count(int times, Runnable counting) {
    for (int i = 0; i < times; i++) {
      counting.run();
    }
  }
}
