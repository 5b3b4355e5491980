package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class ReversePathsTest {
  private static final int ENTRIES = 100;
  private static final PeerId NEIGHBOUR = new PeerId(0, 0, 1);
  private static final PeerId OTHER_NEIGHBOUR = new PeerId(0, 0, 2);

  private final ReversePaths paths = new ReversePaths(ENTRIES);

  private static PeerId author(int number) {
    return new PeerId(number, number, number);
  }

  @Test
  void anUnknownAuthorHasNoWayBack() {
    assertNull(paths.neighbourTowards(author(1)));
  }

  @Test
  void theWayBackIsTheNeighbourItCameOver() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);

    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void theLatestNeighbourCounts() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    paths.learn(author(1), OTHER_NEIGHBOUR, 2, 0);

    assertEquals(OTHER_NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void aLongerWayDoesNotReplaceAShorterOne() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 1);

    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void aLongerWayDoesNotReplaceAShorterOneWhenTheAuthorIsReportedAgain() {
    long reportedNs = 300_000_000_000L;
    assertTrue(paths.learn(author(1), NEIGHBOUR, 2, 0));
    assertFalse(paths.learn(author(1), NEIGHBOUR, 2, reportedNs - 1));
    assertTrue(paths.learn(author(1), OTHER_NEIGHBOUR, 3, reportedNs));
    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(1)));
    assertFalse(paths.learn(author(1), NEIGHBOUR, 2, reportedNs + 1));
  }

  @Test
  void aLongerWayReplacesOneThatHasBroughtNothingWhileOthersHave() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 10);
    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 9 + ReversePaths.STALE_NS);
    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(1)));

    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 10 + ReversePaths.STALE_NS);
    assertEquals(OTHER_NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void anAuthorsSilenceMakesNoWayOld() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 20 * ReversePaths.STALE_NS);

    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void aWayThatBringsSomethingAgainStays() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 10);
    paths.learn(author(1), NEIGHBOUR, 2, ReversePaths.STALE_NS);
    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 10 + ReversePaths.STALE_NS);

    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void anAuthorThatMovesFurtherAwayBehindTheSameNeighbourIsFollowed() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    paths.learn(author(1), NEIGHBOUR, 4, 1);
    paths.learn(author(1), OTHER_NEIGHBOUR, 3, 2);

    assertEquals(OTHER_NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void aFurtherCopyCountsIfItsWayIsShorter() {
    paths.learn(author(1), NEIGHBOUR, 3, 0);
    paths.learnFromCopy(author(1), OTHER_NEIGHBOUR, 3, 1);
    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(1)));

    paths.learnFromCopy(author(1), OTHER_NEIGHBOUR, 2, 1);
    assertEquals(OTHER_NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void aCopyAloneTeachesNothing() {
    paths.learnFromCopy(author(1), NEIGHBOUR, 2, 0);

    assertNull(paths.neighbourTowards(author(1)));
  }

  @Test
  void theLatestNeighbourCountsAlsoWhereTheOneBeforeIsAGenerationOlder() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    invent(2, ENTRIES);
    paths.learn(author(1), OTHER_NEIGHBOUR, 2, 0);

    assertEquals(OTHER_NEIGHBOUR, paths.neighbourTowards(author(1)));
  }

  @Test
  void asManyAuthorsAsAGenerationHoldsAreAllRemembered() {
    invent(0, ENTRIES);

    for (int i = 0; i < ENTRIES; i++) {
      assertEquals(NEIGHBOUR, paths.neighbourTowards(author(i)));
    }
  }

  @Test
  void anAuthorOfAGenerationBeforeIsRemembered() {
    paths.learn(author(-1), NEIGHBOUR, 2, 0);
    invent(0, ENTRIES);

    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(-1)));
  }

  @Test
  void anAuthorThatNobodyAnswersIsForgottenAfterTwoGenerations() {
    paths.learn(author(-1), NEIGHBOUR, 2, 0);
    invent(0, 2 * ENTRIES);

    assertNull(paths.neighbourTowards(author(-1)));
  }

  @Test
  void aMillionInventedAuthorsTakeBoundedRoom() {
    for (int i = 0; i < 1_000_000; i++) {
      paths.learn(author(i), NEIGHBOUR, 2, 0);
      if (i % 1_000 == 0) {
        assertTrue(paths.size() <= 2 * ENTRIES);
      }
    }
    assertTrue(paths.size() <= 2 * ENTRIES);
  }

  @Test
  void inventedAuthorsDoNotPushOutOneThatIsAnswered() {
    paths.learn(author(-1), NEIGHBOUR, 2, 0);
    for (int i = 0; i < 100_000; i++) {
      paths.learn(author(i), OTHER_NEIGHBOUR, 2, 0);
      if (i % (ENTRIES / 2) == 0) {
        assertEquals(NEIGHBOUR, paths.neighbourTowards(author(-1)), "after " + i);
      }
    }
  }

  @Test
  void inventedAuthorsDoNotPushOutOneThatGoesOnWriting() {
    for (int i = 0; i < 100_000; i++) {
      paths.learn(author(i), OTHER_NEIGHBOUR, 2, 0);
      if (i % (ENTRIES / 2) == 0) {
        paths.learn(author(-1), NEIGHBOUR, 2, 0);
      }
    }

    assertEquals(NEIGHBOUR, paths.neighbourTowards(author(-1)));
  }

  @Test
  void theSameAuthorAgainTakesNoRoom() {
    paths.learn(author(1), NEIGHBOUR, 2, 0);
    for (int i = 0; i < 10 * ENTRIES; i++) {
      paths.learn(author(2), i % 2 == 0 ? NEIGHBOUR : OTHER_NEIGHBOUR, 2, 0);
    }

    assertEquals(2, paths.size());
  }

  /**
   * Threads that see a full generation at once must not turn it one after another, which would
   * forget all that it held.
   */
  @Test
  void whenManyThreadsFillAGenerationItIsTurnedOnce() throws Exception {
    int threads = 4;
    int authorsEach = ENTRIES * 3 / 2 / threads;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 1_000; round++) {
        ReversePaths shared = new ReversePaths(ENTRIES);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          int first = t * authorsEach;
          done.add(
              pool.submit(
                  () -> {
                    start.await();
                    for (int i = first; i < first + authorsEach; i++) {
                      shared.learn(author(i), NEIGHBOUR, 2, 0);
                    }
                    return null;
                  }));
        }
        for (Future<?> task : done) {
          task.get();
        }
        assertEquals(threads * authorsEach, shared.size(), "round " + round);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void invent(int first, int count) {
    for (int i = first; i < first + count; i++) {
      paths.learn(author(i), NEIGHBOUR, 2, 0);
    }
  }
}
