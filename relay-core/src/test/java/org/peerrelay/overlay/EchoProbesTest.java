package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Probe;

/** A leaf's datagrams to itself over each of its links. */
class EchoProbesTest {
  private static final ProbeConfig PROBES = ProbeConfig.DEFAULT;
  private static final String BOOTSTRAP = "ws://bootstrap.example";

  private final OverlayBench bench = new OverlayBench(OverlayConfig.LEAF, 21);

  private TestLink relay(String url) {
    TestLink link = TestLink.binary(bench.stranger(), url, bench.nowNs);
    assertTrue(bench.up(link));
    return link;
  }

  private TestLink relay() {
    return relay("ws://relay.example/" + bench.stranger());
  }

  private Probe onlyProbe() {
    List<Probe> probes = bench.effects.takeProbes();
    assertEquals(1, probes.size(), probes::toString);
    return probes.get(0);
  }

  private void returns(TestLink over, Probe probe) {
    bench.overlay.onEcho(over.peer(), probe.nonce(), bench.nowNs);
  }

  /** Until a link is closed; how long that took. */
  private long nsUntilClosed() {
    long sinceNs = bench.nowNs;
    List<Close> closes = List.of();
    while (closes.isEmpty()) {
      bench.tickForWhileAllTalk(OverlayBench.TICK_NS);
      assertTrue(bench.nowNs - sinceNs < TimeUnit.MINUTES.toNanos(2), "never closed");
      closes = bench.effects.takeCloses();
    }
    assertEquals(List.of(CloseReason.NOT_FORWARDING), closes.stream().map(Close::reason).toList());
    bench.down(closes.get(0).link());
    return bench.nowNs - sinceNs;
  }

  @Test
  void aNewLinkIsProbedAtOnceAndThenEveryTwentyToThirtySeconds() {
    TestLink relay = relay();
    for (int i = 0; i < 50; i++) {
      Probe probe = onlyProbe();
      assertEquals(relay, probe.over());
      assertEquals(bench.self, probe.to());
      returns(relay, probe);
      bench.tickForWhileAllTalk(PROBES.echoNs() * 2 / 3 - OverlayBench.TICK_NS);
      assertTrue(bench.effects.probes().isEmpty());
      long latestNs = bench.nowNs + PROBES.echoNs() / 3 + 2 * OverlayBench.TICK_NS;
      while (bench.effects.probes().isEmpty()) {
        assertTrue(bench.nowNs - latestNs < 0, "no probe in time");
        bench.tickForWhileAllTalk(OverlayBench.TICK_NS);
      }
    }
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @Test
  void aLinkThatLosesThreeInARowIsLeftWithinSeconds() {
    relay();
    long tookNs = nsUntilClosed();
    assertTrue(tookNs <= 3 * PROBES.answerNs() + OverlayBench.TICK_NS, () -> tookNs + " ns");
    assertEquals(3, bench.effects.takeProbes().size());
  }

  @Test
  void oneThatComesBackMakesUpForTwoThatDoNot() {
    TestLink relay = relay();
    for (int i = 0; i < 20; i++) {
      bench.tickForWhileAllTalk(2 * PROBES.answerNs() + OverlayBench.TICK_NS);
      List<Probe> probes = bench.effects.takeProbes();
      returns(relay, probes.get(probes.size() - 1));
      bench.tickForWhileAllTalk(PROBES.echoNs() - 2 * PROBES.answerNs());
    }
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @Test
  void whatComesBackOverAnotherLinkOrTooLateCountsForNothing() {
    TestLink relay = relay();
    Probe first = onlyProbe();
    TestLink other = relay();
    Probe ofOther = onlyProbe();
    returns(other, first);
    returns(relay, ofOther);
    bench.tickForWhileAllTalk(PROBES.answerNs());
    returns(relay, first);
    bench.tickForWhileAllTalk(3 * PROBES.answerNs());
    assertEquals(2, bench.effects.takeCloses().size());
  }

  @Test
  void aBusyLinkThatLosesEchoesButPassesOnIsKept() {
    TestLink relay = relay();
    for (int i = 0; i < 300; i++) {
      bench.overlay.probes().onPassedOn(relay.peer());
      bench.tickForWhileAllTalk(TimeUnit.SECONDS.toNanos(1));
    }
    assertEquals(List.of(), bench.effects.takeCloses());
    nsUntilClosed();
  }

  @Test
  void aBusyLinkOverWhichNothingHasComeBackYetIsProbedAgainAtOnce() {
    TestLink relay = relay();
    onlyProbe();
    for (int i = 0; i < 10; i++) {
      bench.overlay.probes().onPassedOn(relay.peer());
      bench.tickForWhileAllTalk(PROBES.answerNs() + OverlayBench.TICK_NS);
      onlyProbe();
    }
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @Test
  void linksOfLegacyPeersAndOfLeavesAreNotProbed() {
    bench.relay();
    bench.leaf();
    assertTrue(bench.up(TestLink.binary(bench.stranger(), null, bench.nowNs)));
    bench.tickForWhileAllTalk(TimeUnit.MINUTES.toNanos(2));
    assertEquals(List.of(), bench.effects.takeProbes());
  }

  @Test
  void aRelayThatWasLeftIsRefusedForAWhileUnlessThereIsNoOther() {
    TestLink bad = relay(BOOTSTRAP);
    nsUntilClosed();
    TestLink again = TestLink.binary(bad.peer(), BOOTSTRAP, bench.nowNs);
    assertTrue(bench.up(again), "better than none");
    nsUntilClosed();
    bench.relay();
    TestLink third = TestLink.binary(bad.peer(), BOOTSTRAP, bench.nowNs);
    assertFalse(bench.up(third));
    assertEquals(List.of(new Close(third, CloseReason.NOT_FORWARDING)), bench.effects.takeCloses());
    bench.tickForWhileAllTalk(PROBES.distrustNs());
    assertTrue(bench.up(TestLink.binary(bad.peer(), BOOTSTRAP, bench.nowNs)));
  }

  @Test
  void aRelayThatWasLeftGetsNoOfferForAWhile() {
    TestLink good = bench.relay();
    TestLink bad = relay();
    nsUntilClosed();
    bench.effects.clear();
    bench.says(good, new Message.FoundPeers(List.of(bad.peer())));
    assertEquals(List.of(), bench.effects.takeOffers());
  }
}
