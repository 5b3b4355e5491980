package org.peerrelay.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static final long TIMEOUT_NS = 8_125;

  private final List<Integer> sent = new ArrayList<>();
  private final List<Long> waits = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();

  private Tries tries(int count, BooleanSupplier isOver) {
    IntConsumer send = sent::add;
    return new Tries(count, TIMEOUT_NS, this::later, isOver, send);
  }

  private void later(long delayNs, Runnable what) {
    waits.add(delayNs);
    waiting.add(what);
  }

  @Test
  void theWaitsGrowAndTakeTheWholeTimeTogether() {
    Tries tries = tries(4, () -> false);
    assertEquals(
        List.of(1_000L, 1_500L, 2_250L, 3_375L),
        List.of(
            tries.waitAfterNs(0),
            tries.waitAfterNs(1),
            tries.waitAfterNs(2),
            tries.waitAfterNs(3)));
    assertEquals(TIMEOUT_NS, tries(1, () -> false).waitAfterNs(0));
  }

  @Test
  void eachThatIsRefusedIsFollowedByTheNextAtOnce() {
    Tries tries = tries(3, () -> false);
    tries.begin();
    assertEquals(List.of(0), sent);
    assertFalse(tries.onRefused());
    assertFalse(tries.onRefused());
    assertEquals(List.of(0, 1, 2), sent);
    assertTrue(tries.onRefused());
    assertEquals(List.of(0, 1, 2), sent);
    assertEquals(3, tries.made());
  }

  @Test
  void whatIsOverIsNotTriedAgain() {
    Tries tries = tries(3, () -> !sent.isEmpty());
    tries.begin();
    assertFalse(tries.onRefused());
    assertEquals(List.of(0), sent);
  }

  @Test
  void silenceIsFollowedByTheNext() {
    tries(3, () -> false).begin();
    for (int wait = 0; wait < waiting.size(); wait++) {
      waiting.get(wait).run();
    }
    assertEquals(List.of(0, 1, 2), sent);
    assertEquals(2, waits.size());
  }

  @Test
  void aWaitThatEndsAfterTheNextWasMadeMakesNone() {
    Tries tries = tries(3, () -> false);
    tries.begin();
    assertFalse(tries.onRefused());
    waiting.get(0).run();
    assertEquals(List.of(0, 1), sent);
  }
}
