package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.RecordingEffects.Close;

class LivenessTest {
  private static final OverlayConfig CONFIG = OverlayConfig.RELAY;
  private static final long TICK_NS = OverlayBench.TICK_NS;

  private final OverlayBench bench = new OverlayBench(CONFIG, 4);

  @Test
  void aLinkThatIsQuietForFifteenSecondsIsPingedOnce() {
    TestLink link = bench.leaf();
    bench.tickFor(TimeUnit.SECONDS.toNanos(15) - TICK_NS);
    assertEquals(List.of(), bench.effects.takePings());
    bench.tick();
    assertEquals(List.of(link), bench.effects.takePings());
    bench.tickFor(TimeUnit.SECONDS.toNanos(29));
    assertEquals(List.of(), bench.effects.takePings());
  }

  @Test
  void aLinkThatIsSilentForFortyFiveSecondsIsClosed() {
    TestLink link = bench.leaf();
    bench.tickFor(TimeUnit.SECONDS.toNanos(45) - TICK_NS);
    assertEquals(List.of(), bench.effects.takeCloses());
    bench.tick();
    assertEquals(List.of(new Close(link, CloseReason.SILENT)), bench.effects.takeCloses());
    bench.down(link);
    assertEquals(List.of(link.peer()), bench.effects.takeUnlinked());
    assertTrue(bench.router.links().isEmpty());
  }

  @Test
  void whateverIsHeardInTimeKeepsTheLink() {
    TestLink link = bench.leaf();
    bench.tickFor(TimeUnit.SECONDS.toNanos(45) - TICK_NS);
    link.heard(bench.nowNs);
    bench.tickFor(TimeUnit.SECONDS.toNanos(45) - TICK_NS);
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @Test
  void aLinkThatAnswersEveryPingLivesForEver() {
    TestLink link = bench.leaf();
    int pings = 0;
    long endNs = bench.nowNs + TimeUnit.HOURS.toNanos(2);
    while (bench.nowNs - endNs < 0) {
      bench.tick();
      for (Object pinged : bench.effects.takePings()) {
        assertEquals(link, pinged);
        pings++;
        bench.tick();
        link.heard(bench.nowNs);
      }
    }
    assertEquals(List.of(), bench.effects.takeCloses());
    assertEquals(2 * 3_600 / 15, pings, 10);
  }

  @Test
  void aTalkativeLinkIsNeverPinged() {
    TestLink link = bench.leaf();
    for (int i = 0; i < 1_000; i++) {
      bench.tickFor(TimeUnit.SECONDS.toNanos(15) - TICK_NS);
      link.heard(bench.nowNs);
    }
    assertEquals(List.of(), bench.effects.takePings());
  }

  /** As a process does that was stopped, or whose machine had no time for it. */
  private void standStillFor(long durationNs) {
    bench.nowNs += durationNs - TICK_NS;
    bench.overlay.onStandstill(bench.nowNs + TICK_NS);
    bench.tick();
  }

  @Test
  void whoOwedAnAnswerWhenThisNodeStoodStillIsPingedAgainAndHasAllTheTime() {
    TestLink link = bench.leaf();
    bench.tickFor(TimeUnit.SECONDS.toNanos(15));
    assertEquals(List.of(link), bench.effects.takePings());
    standStillFor(TimeUnit.SECONDS.toNanos(60));
    assertEquals(List.of(link), bench.effects.takePings());
    bench.tickFor(TimeUnit.SECONDS.toNanos(30) - TICK_NS);
    assertEquals(List.of(), bench.effects.takeCloses());
    bench.tick();
    assertEquals(List.of(new Close(link, CloseReason.SILENT)), bench.effects.takeCloses());
  }

  @Test
  void anAnswerThatWasReadAfterThisNodeStoodStillKeepsTheLink() {
    TestLink link = bench.leaf();
    bench.tickFor(TimeUnit.SECONDS.toNanos(15));
    standStillFor(TimeUnit.SECONDS.toNanos(60));
    link.heard(bench.nowNs - 1);
    bench.tickFor(TimeUnit.SECONDS.toNanos(45) - TICK_NS);
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @Test
  void whoOwedNothingWhenThisNodeStoodStillIsPingedAsEver() {
    TestLink link = bench.leaf();
    bench.tickFor(TimeUnit.SECONDS.toNanos(1));
    standStillFor(TimeUnit.SECONDS.toNanos(60));
    assertEquals(List.of(link), bench.effects.takePings());
    bench.tickFor(TimeUnit.SECONDS.toNanos(30) - TICK_NS);
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @Test
  void aNodeThatStandsStillAllTheTimeGivesUpTheDeadAllTheSame() {
    TestLink link = bench.leaf();
    bench.tickFor(TimeUnit.SECONDS.toNanos(15));
    for (int i = 0; i < 16; i++) {
      assertEquals(List.of(), bench.effects.takeCloses());
      standStillFor(TimeUnit.SECONDS.toNanos(2));
    }
    assertEquals(List.of(new Close(link, CloseReason.SILENT)), bench.effects.takeCloses());
    assertEquals(2, bench.effects.takePings().size());
  }

  @Test
  void whoHasAnsweredIsGivenASecondChanceAgain() {
    TestLink link = bench.leaf();
    for (int i = 0; i < 3; i++) {
      bench.tickFor(TimeUnit.SECONDS.toNanos(15));
      assertEquals(List.of(link), bench.effects.takePings());
      standStillFor(TimeUnit.SECONDS.toNanos(60));
      assertEquals(List.of(link), bench.effects.takePings());
      link.heard(bench.nowNs);
    }
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 20_000_000_000L})
  void theClockMayStartAnywhere(long startNs) {
    OverlayBench other = new OverlayBench(CONFIG, 5, startNs);
    TestLink link = other.relay();
    other.effects.clear();
    other.tickFor(TimeUnit.SECONDS.toNanos(44));
    assertEquals(List.of(link), other.effects.takePings());
    assertEquals(List.of(), other.effects.takeCloses());
    assertEquals(1, other.effects.takeSends().size(), "questions for peers");
    other.tickFor(TimeUnit.SECONDS.toNanos(1));
    assertEquals(List.of(new Close(link, CloseReason.SILENT)), other.effects.takeCloses());
  }
}
