package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.Handovers.Handover;

/** How fast pointers are handed over to whom. */
class HandoversTest {
  private static final PointerConfig CONFIG = PointerConfig.DEFAULT;
  private static final PeerId RELAY = new PeerId(1, 0, 0);
  private static final PeerId OTHER = new PeerId(2, 0, 0);

  private final Handovers handovers = new Handovers(CONFIG);
  private long nowNs = Long.MAX_VALUE - 5;

  private static List<PeerId> peers(int count) {
    List<PeerId> peers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      peers.add(new PeerId(3, i, 0));
    }
    return peers;
  }

  private int sentAfter(long waitNs) {
    nowNs += waitNs;
    return handovers.due(nowNs).size();
  }

  @Test
  void eachRelayGetsThemInOrderAtItsOwnPace() {
    handovers.begin(RELAY, peers(3), nowNs);
    handovers.begin(OTHER, peers(1), nowNs);
    List<Handover> first = handovers.due(nowNs);
    assertEquals(
        List.of(new Handover(RELAY, peers(1).get(0)), new Handover(OTHER, peers(1).get(0))), first);
    assertEquals(0, sentAfter(CONFIG.handoverNs() - 1));
    assertEquals(1, sentAfter(1));
    assertEquals(1, sentAfter(5 * CONFIG.handoverNs()));
    assertEquals(0, sentAfter(5 * CONFIG.handoverNs()));
  }

  @Test
  void nobodyIsSentMoreInASecondThanALinkWithoutPlaceMaySend() {
    handovers.begin(RELAY, peers(1_000), nowNs);
    for (int second = 0; second < 10; second++) {
      assertEquals(true, sentAfter(TimeUnit.SECONDS.toNanos(1)) < 100);
    }
  }

  @Test
  void whoHadToWaitIsSentNoMoreAtOnceThanALinkWithoutPlaceMaySend() {
    handovers.begin(RELAY, peers(1_000), nowNs);
    assertEquals(true, sentAfter(TimeUnit.SECONDS.toNanos(10)) < 100);
    assertEquals(0, sentAfter(0));
  }

  @Test
  void whatIsSentAtATickIsBounded() {
    for (int i = 0; i < 3 * CONFIG.perTick(); i++) {
      handovers.begin(new PeerId(4, i, 0), peers(1), nowNs);
    }
    for (int tick = 0; tick < 3; tick++) {
      assertEquals(CONFIG.perTick(), handovers.due(nowNs).size());
    }
    assertEquals(0, handovers.due(nowNs).size());
  }

  @Test
  void whatBeganBeforeIsForgottenWhenItBeginsAgainOrTheRelayIsGone() {
    handovers.begin(RELAY, peers(50), nowNs);
    handovers.begin(RELAY, peers(2), nowNs);
    assertEquals(2, sentAfter(TimeUnit.SECONDS.toNanos(10)));
    handovers.begin(RELAY, peers(2), nowNs);
    handovers.forget(RELAY);
    assertEquals(0, sentAfter(TimeUnit.SECONDS.toNanos(10)));
  }
}
