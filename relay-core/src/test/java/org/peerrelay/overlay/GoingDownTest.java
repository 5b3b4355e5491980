package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Dial;

/** Relays that say that they go down, and those who are told. */
class GoingDownTest {
  private static final String URL = "ws://going.example:8000";
  private static final long DELAY_NS = TimeUnit.SECONDS.toNanos(40);

  private final OverlayBench leaf = new OverlayBench(OverlayConfig.LEAF, 71);
  private final OverlayBench relay = new OverlayBench(OverlayConfig.RELAY, 72);

  private static TestLink linked(OverlayBench bench, String url) {
    bench.overlay.bootstrap(url, bench.nowNs);
    bench.tick();
    TestLink link = TestLink.binary(bench.stranger(), url, bench.nowNs);
    assertTrue(bench.up(link));
    bench.effects.clear();
    return link;
  }

  private static TestLink leafOf(OverlayBench bench) {
    TestLink link = TestLink.binary(bench.stranger(), null, bench.nowNs);
    assertTrue(bench.up(link));
    return link;
  }

  @Test
  void aLeafThatHasAnotherRelayLeavesAtOnce() {
    TestLink going = linked(leaf, URL);
    linked(leaf, "ws://stays.example:8000");
    leaf.overlay.onGoingDown(going, DELAY_NS, leaf.nowNs);
    assertEquals(List.of(new Close(going, CloseReason.DISCONNECTED)), leaf.effects.takeCloses());
    leaf.overlay.onGoingDown(going, DELAY_NS, leaf.nowNs);
    assertEquals(List.of(), leaf.effects.takeCloses(), "left twice");
  }

  @Test
  void aLeafThatHasNoneLeavesWhenItHas() {
    TestLink going = linked(leaf, URL);
    leaf.overlay.onGoingDown(going, DELAY_NS, leaf.nowNs);
    assertEquals(List.of(), leaf.effects.takeCloses());
    TestLink other = TestLink.binary(leaf.stranger(), "ws://new.example:8000", leaf.nowNs);
    assertTrue(leaf.up(other));
    assertEquals(List.of(new Close(going, CloseReason.DISCONNECTED)), leaf.effects.takeCloses());
  }

  @Test
  void itDoesNotLeaveForOneThatGoesDownAsWell() {
    TestLink first = linked(leaf, URL);
    TestLink second = linked(leaf, "ws://goes-too.example:8000");
    leaf.overlay.onGoingDown(first, DELAY_NS, leaf.nowNs);
    leaf.effects.clear();
    leaf.down(first);
    leaf.overlay.onGoingDown(second, DELAY_NS, leaf.nowNs);
    assertEquals(List.of(), leaf.effects.takeCloses());
  }

  @Test
  void theUrlIsDialedAgainWhenTheDelayIsOverAndNotBefore() {
    TestLink going = linked(leaf, URL);
    long toldNs = leaf.nowNs;
    leaf.overlay.onGoingDown(going, DELAY_NS, leaf.nowNs);
    leaf.down(going);
    leaf.tickFor(DELAY_NS - 2 * OverlayBench.TICK_NS);
    assertEquals(List.of(), leaf.effects.takeDials());
    leaf.tickFor(3 * OverlayBench.TICK_NS);
    assertEquals(List.of(new Dial(URL, null)), leaf.effects.takeDials());
    assertTrue(leaf.nowNs - toldNs >= DELAY_NS);
  }

  @Test
  void aRelayStaysToTheEnd() {
    TestLink going = linked(relay, URL);
    linked(relay, "ws://stays.example:8000");
    relay.overlay.onGoingDown(going, DELAY_NS, relay.nowNs);
    assertEquals(List.of(), relay.effects.takeCloses());
  }

  @Test
  void whoGoesDownTellsEachItsOwnTimeAndTakesNobodyAnyMore() {
    for (int i = 0; i < 2_000; i++) {
      leafOf(relay);
    }
    TestLink legacy = relay.leaf();
    relay.overlay.bootstrap(URL, relay.nowNs);
    relay.effects.clear();
    relay.overlay.drain();
    assertFalse(relay.effects.goingDown().containsKey(legacy));
    assertEquals(2_000, relay.effects.goingDown().size());
    Set<Integer> delays = new HashSet<>(relay.effects.goingDown().values());
    assertTrue(delays.size() > 1_000, delays::toString);
    assertTrue(delays.stream().allMatch(ms -> ms >= 1_000 && ms <= 3_000), delays::toString);
    TestLink late = TestLink.binary(relay.stranger(), null, relay.nowNs);
    assertFalse(relay.up(late));
    assertEquals(List.of(new Close(late, CloseReason.GOING_AWAY)), relay.effects.takeCloses());
    relay.tick();
    assertEquals(List.of(), relay.effects.takeDials());
  }

  @Test
  void aMinuteIsTheLongest() {
    for (int seed = 0; seed < 100; seed++) {
      int delayMs = ReturnTimes.DEFAULT.delayMs(1_000_000, relay.random);
      assertTrue(delayMs >= 1_000 && delayMs <= 60_000, () -> delayMs + " ms");
    }
  }

  @Test
  void itIsDrainedWhenTheLastLeafIsGone() {
    TestLink leafLink = leafOf(relay);
    linked(relay, URL);
    relay.leaf();
    relay.overlay.drain();
    assertFalse(relay.overlay.isDrained());
    relay.down(leafLink);
    assertTrue(relay.overlay.isDrained());
  }
}
