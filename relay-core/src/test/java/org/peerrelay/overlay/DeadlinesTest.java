package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class DeadlinesTest {
  private final Random random = new Random(3);
  private final Deadlines deadlines = new Deadlines(2);

  @Test
  void aDeadlineHoldsUntilItIsOverAndCanBeSetAgain() {
    PeerId peer = PeerId.random(random);
    assertFalse(deadlines.holds(peer, 5));
    deadlines.set(peer, 10);
    assertTrue(deadlines.holds(peer, 9));
    assertFalse(deadlines.holds(peer, 10));
    deadlines.set(peer, 20);
    assertTrue(deadlines.holds(peer, 10));
  }

  @Test
  void theOneSetLongestAgoIsForgotten() {
    PeerId first = PeerId.random(random);
    PeerId second = PeerId.random(random);
    deadlines.set(first, 10);
    deadlines.set(second, 10);
    deadlines.set(first, 10);
    deadlines.set(PeerId.random(random), 10);
    assertTrue(deadlines.holds(first, 0));
    assertFalse(deadlines.holds(second, 0));
  }
}
