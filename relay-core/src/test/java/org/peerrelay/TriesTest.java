package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final List<Integer> sent = new ArrayList<>();

  @Test
  void theWaitsGrowAndTakeTheWholeTimeTogether() {
    Tries tries = new Tries(4, Duration.ofMillis(8_125), () -> false, sent::add);
    assertEquals(
        List.of(1_000L, 1_500L, 2_250L, 3_375L),
        List.of(
            tries.waitAfter(0).toMillis(),
            tries.waitAfter(1).toMillis(),
            tries.waitAfter(2).toMillis(),
            tries.waitAfter(3).toMillis()));
    Tries one = new Tries(1, LONG, () -> false, sent::add);
    assertEquals(LONG, one.waitAfter(0));
  }

  @Test
  void eachThatIsRefusedIsFollowedByTheNextAtOnce() {
    Tries tries = new Tries(3, LONG, () -> false, sent::add);
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
    Tries tries = new Tries(3, LONG, () -> !sent.isEmpty(), sent::add);
    tries.begin();
    assertFalse(tries.onRefused());
    assertEquals(List.of(0), sent);
  }

  @Test
  void silenceIsFollowedByTheNext() throws InterruptedException {
    BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
    new Tries(3, Duration.ofMillis(10), () -> false, attempts::add).begin();
    for (int attempt = 0; attempt < 3; attempt++) {
      assertEquals(attempt, attempts.poll(20, TimeUnit.SECONDS));
    }
  }
}
