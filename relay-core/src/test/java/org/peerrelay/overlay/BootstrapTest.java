package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Dial;

class BootstrapTest {
  private static final String URL = "ws://bootstrap.example:8000";
  private static final Dial DIAL = new Dial(URL, null);
  private static final OverlayConfig CONFIG = OverlayConfig.LEAF;

  private final OverlayBench bench = new OverlayBench(CONFIG, 2);

  private void bootstrap(String url) {
    bench.overlay.bootstrap(url, bench.nowNs);
  }

  private void fails() {
    bench.overlay.onDialFailed(URL, null, ConnectFailure.DIAL_FAILED, bench.nowNs);
  }

  /** Lets time pass until the next dial; returns after how long it came. */
  private long untilDialedNs() {
    long startNs = bench.nowNs;
    while (bench.effects.takeDials().isEmpty()) {
      bench.tick();
      assertTrue(bench.nowNs - startNs < TimeUnit.MINUTES.toNanos(5), "no dial for five minutes");
    }
    return bench.nowNs - startNs;
  }

  private TestLink meet(PeerId peer) {
    TestLink link = bench.linkTo(peer, URL);
    assertTrue(bench.up(link));
    return link;
  }

  @Test
  void aUrlIsDialedAtTheNextTick() {
    bootstrap(URL);
    bench.tick();
    assertEquals(List.of(DIAL), bench.effects.takeDials());
  }

  @Test
  void aUrlIsNotDialedAgainWhileItIsBeingDialed() {
    bootstrap(URL);
    bootstrap(URL);
    bench.tickFor(TimeUnit.MINUTES.toNanos(10));
    assertEquals(List.of(DIAL), bench.effects.takeDials());
  }

  @Test
  void eachUrlIsDialedOnItsOwn() {
    bootstrap(URL);
    bootstrap("ws://other.example:8000");
    bench.tick();
    assertEquals(
        List.of(DIAL, new Dial("ws://other.example:8000", null)), bench.effects.takeDials());
    fails();
    assertTrue(untilDialedNs() <= CONFIG.redialMinNs() + OverlayBench.TICK_NS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aUrlThatNeverAnswersIsDialedForEverWithWaitsThatDoubleUpToTheMaximum(long seed) {
    OverlayBench other = new OverlayBench(CONFIG, seed);
    other.overlay.bootstrap(URL, other.nowNs);
    long endNs = other.nowNs + TimeUnit.HOURS.toNanos(6);
    List<Long> waitsNs = new ArrayList<>();
    long failedNs = other.nowNs;
    while (other.nowNs - endNs < 0) {
      other.tick();
      if (!other.effects.takeDials().isEmpty()) {
        waitsNs.add(other.nowNs - failedNs);
        failedNs = other.nowNs;
        other.overlay.onDialFailed(URL, null, ConnectFailure.DIAL_FAILED, other.nowNs);
      }
    }
    for (int i = 1; i < waitsNs.size(); i++) {
      int doublings = Math.min(i - 1, 20);
      long nominalNs = Math.min(CONFIG.redialMaxNs(), CONFIG.redialMinNs() << doublings);
      long waitNs = waitsNs.get(i);
      assertTrue(
          waitNs >= nominalNs / 2 && waitNs <= nominalNs + OverlayBench.TICK_NS,
          "wait " + i + ": " + waitNs);
    }
    assertTrue(waitsNs.size() > TimeUnit.HOURS.toSeconds(6) / 30, "dials: " + waitsNs.size());
  }

  @Test
  void aThousandPeersThatLostTheirRelayTogetherComeBackSpreadOut() {
    Set<Long> waitsNs = new HashSet<>();
    for (int seed = 0; seed < 1_000; seed++) {
      OverlayBench one = new OverlayBench(CONFIG, seed, 0);
      one.overlay.bootstrap(URL, one.nowNs);
      one.overlay.onTick(one.nowNs);
      for (int failures = 0; failures < 6; failures++) {
        one.overlay.onDialFailed(URL, null, ConnectFailure.DIAL_FAILED, one.nowNs);
        one.effects.clear();
        while (one.effects.takeDials().isEmpty()) {
          one.tick();
        }
      }
      waitsNs.add(one.nowNs);
    }
    assertTrue(waitsNs.size() > 40, "different moments: " + waitsNs.size());
  }

  @Test
  void aLinkThatHeldForLongIsDialedAgainSoonAfterItIsLost() {
    bootstrap(URL);
    for (int i = 0; i < 10; i++) {
      untilDialedNs();
      fails();
    }
    untilDialedNs();
    TestLink link = meet(bench.stranger());
    bench.tickForWhileAllTalk(TimeUnit.HOURS.toNanos(1));
    assertEquals(List.of(), bench.effects.takeDials());
    bench.down(link);
    assertTrue(untilDialedNs() <= CONFIG.redialMinNs() + OverlayBench.TICK_NS);
  }

  @Test
  void aRelayThatAcceptsAndHangsUpAtOnceIsDialedLessAndLess() {
    bootstrap(URL);
    PeerId relay = bench.stranger();
    int dials = 0;
    long endNs = bench.nowNs + TimeUnit.MINUTES.toNanos(10);
    while (bench.nowNs - endNs < 0) {
      untilDialedNs();
      dials++;
      TestLink link = meet(relay);
      bench.tick();
      bench.down(link);
    }
    assertTrue(dials < 60, "dials in ten minutes: " + dials);
  }

  @Test
  void aUrlIsNotDialedWhileThePeerMetThereIsLinkedOverAnotherLink() {
    bootstrap(URL);
    untilDialedNs();
    PeerId relay = bench.stranger();
    bench.down(meet(relay));
    TestLink other = bench.linkFrom(relay);
    assertTrue(bench.up(other));
    bench.tickForWhileAllTalk(TimeUnit.HOURS.toNanos(1));
    assertEquals(List.of(), bench.effects.takeDials());

    bench.down(other);
    assertTrue(untilDialedNs() <= CONFIG.redialMinNs() + OverlayBench.TICK_NS);
  }

  @Test
  void aRelayThatCameBackWithAnotherIdIsMetAsThat() {
    bootstrap(URL);
    untilDialedNs();
    PeerId before = bench.stranger();
    bench.down(meet(before));
    untilDialedNs();
    TestLink after = meet(bench.stranger());
    bench.down(after);
    assertTrue(bench.up(bench.linkFrom(before)));
    untilDialedNs();
  }

  @Test
  void ourOwnUrlIsRefusedAndThenDialedLessAndLess() {
    bootstrap(URL);
    int dials = 0;
    long endNs = bench.nowNs + TimeUnit.MINUTES.toNanos(10);
    while (bench.nowNs - endNs < 0) {
      untilDialedNs();
      dials++;
      TestLink dialed = bench.linkTo(bench.self, URL);
      TestLink accepted = bench.linkFrom(bench.self);
      assertFalse(bench.up(accepted));
      assertFalse(bench.up(dialed));
      assertEquals(
          List.of(new Close(accepted, CloseReason.SELF), new Close(dialed, CloseReason.SELF)),
          bench.effects.takeCloses());
      bench.down(accepted);
      bench.down(dialed);
    }
    assertTrue(dials > 20 && dials < 60, "dials in ten minutes: " + dials);
    assertEquals(List.of(), bench.effects.takeLinked());
    assertEquals(List.of(), bench.effects.takeUnlinked());
    assertTrue(bench.router.links().isEmpty());
  }

  @Test
  void aRefusedSecondLinkStillTellsWhomTheUrlLeadsTo() {
    PeerId relay = bench.stranger();
    TestLink holder = bench.linkFrom(relay);
    assertTrue(bench.up(holder));
    bench.tickForWhileAllTalk(CONFIG.crossingNs());
    bootstrap(URL);
    untilDialedNs();
    assertFalse(bench.up(bench.linkTo(relay, URL)));

    bench.tickForWhileAllTalk(TimeUnit.HOURS.toNanos(1));
    assertEquals(List.of(), bench.effects.takeDials());
    bench.down(holder);
    untilDialedNs();
  }

  @Test
  void failuresOfUrlsThatNobodyGaveUsAreIgnored() {
    bench.overlay.onDialFailed("ws://x.example", null, ConnectFailure.DIAL_FAILED, bench.nowNs);
    bench.tickFor(TimeUnit.MINUTES.toNanos(1));
    assertEquals(List.of(), bench.effects.takeDials());
  }
}
