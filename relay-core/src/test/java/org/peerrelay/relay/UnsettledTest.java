package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peerrelay.relay.RouterScene.id;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UnsettledTest {
  private final Counters counters = new Counters();
  private final Unsettled unsettled = new Unsettled(counters);

  private long refused() {
    return counters.snapshot().refused().getOrDefault(Refusal.UNSETTLED_FULL, 0L);
  }

  @Test
  void eachPeerIsThereOnceWithItsLargestAttemptUntilItIsTaken() {
    unsettled.add(id(1), 0);
    unsettled.add(id(2), 3);
    unsettled.add(id(2), 1);
    assertEquals(Map.of(id(1), 0, id(2), 3), unsettled.take());
    assertEquals(Map.of(), unsettled.take());
  }

  @Test
  void whatFindsNoRoomIsCountedAndWhoIsThereAlreadyNeedsNone() {
    for (int i = 0; i < Unsettled.MAX_PEERS; i++) {
      unsettled.add(id(i), 0);
    }
    assertEquals(0, refused());
    unsettled.add(id(Unsettled.MAX_PEERS), 0);
    unsettled.add(id(Unsettled.MAX_PEERS), 1);
    assertEquals(2, refused());
    unsettled.add(id(7), 5);
    assertEquals(2, refused());
    Map<?, Integer> taken = unsettled.take();
    assertEquals(Unsettled.MAX_PEERS, taken.size());
    assertEquals(5, taken.get(id(7)));
    unsettled.add(id(Unsettled.MAX_PEERS), 0);
    assertEquals(2, refused());
  }
}
