package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.RecordingEffects.Probe;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.RouterConfig;

/** A relay's pings to one neighbour through another. */
class TransitProbesTest {
  private static final ProbeConfig PROBES = ProbeConfig.DEFAULT;
  private static final long TICK_NS = OverlayBench.TICK_NS;

  private final Random random = new Random(31);
  private final RecordingEffects effects = new RecordingEffects();
  private final Router router = new Router(PeerId.random(random), RouterConfig.RELAY, random);
  private final TransitProbes probes = new TransitProbes(PROBES, router, random, effects);
  private final List<Link> links = new ArrayList<>();
  private final List<Link> left = new ArrayList<>();

  /** Those that answer, and pass nothing on. */
  private final Set<PeerId> droppers = new HashSet<>();

  /** Those that answer nothing. */
  private final Set<PeerId> mute = new HashSet<>();

  private double lossRate;
  private int sent;
  private long nowNs = random.nextLong();

  private void relays(int count) {
    for (int i = 0; i < count; i++) {
      TestLink link = TestLink.binary(PeerId.random(random), null, nowNs);
      link.sawInside("ws://192.0.2.1:" + i);
      links.add(link);
      router.attach(link);
      router.admit(link);
      probes.add(link, nowNs);
    }
    router.refresh();
  }

  private PeerId relay(int index) {
    return links.get(index).peer();
  }

  private void run(long durationNs) {
    for (long endNs = nowNs + durationNs; nowNs - endNs < 0; ) {
      nowNs += TICK_NS;
      for (Link bad : probes.onTick(nowNs)) {
        left.add(bad);
        router.detach(bad);
        router.refresh();
      }
      for (Probe probe : effects.takeProbes()) {
        sent++;
        if (arrives(probe)) {
          assertTrue(probes.onPong(probe.to(), probe.nonce(), nowNs));
        }
      }
    }
  }

  private boolean arrives(Probe probe) {
    boolean through = !probe.over().peer().equals(probe.to());
    boolean dropped = through && droppers.contains(probe.over().peer());
    return !dropped && !mute.contains(probe.to()) && random.nextDouble() >= lossRate;
  }

  @Test
  void eachLinkIsProbedInTurnThroughOthers() {
    relays(20);
    run(20 * PROBES.doubtNs() + TICK_NS);
    assertEquals(20, sent, "new ones quickly");
    run(TimeUnit.MINUTES.toNanos(10));
    assertTrue(sent <= 20 + TimeUnit.MINUTES.toNanos(10) / PROBES.transitNs(), () -> "" + sent);
    assertTrue(sent >= 300, () -> sent + " probes");
    assertEquals(List.of(), left);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 30, 120})
  void aRelayThatPassesNothingOnIsLeft(int count) {
    relays(count);
    run(TimeUnit.MINUTES.toNanos(2));
    droppers.add(relay(1));
    run(count * PROBES.transitNs() + 12 * PROBES.answerNs());
    assertEquals(List.of(links.get(1)), left);
  }

  @Test
  void oneThatHasAlwaysDroppedIsFoundSoonAfterItHasCome() {
    relays(99);
    run(TimeUnit.MINUTES.toNanos(2));
    relays(1);
    droppers.add(relay(99));
    run(TimeUnit.MINUTES.toNanos(1));
    assertEquals(List.of(links.get(99)), left);
  }

  @Test
  void ofAHundredTheTwentyDroppersAreLeftWithinTenMinutesAndNobodyElse() {
    relays(100);
    for (int i = 0; i < 20; i++) {
      droppers.add(relay(5 * i));
    }
    run(TimeUnit.MINUTES.toNanos(10));
    Set<PeerId> found = new HashSet<>();
    left.forEach(link -> found.add(link.peer()));
    assertEquals(droppers, found);
  }

  @Test
  void thoseThatAnswerNothingMakeNobodySuspect() {
    relays(12);
    for (int i = 0; i < 6; i++) {
      mute.add(relay(i));
    }
    run(TimeUnit.MINUTES.toNanos(30));
    assertEquals(List.of(), left);
  }

  @Test
  void aFifthLostOnTheWayIsNoReasonToLeave() {
    lossRate = 0.2;
    relays(30);
    run(TimeUnit.MINUTES.toNanos(30));
    assertEquals(List.of(), left);
  }

  @Test
  void whoIsCutOffBlamesNobody() {
    relays(30);
    run(TimeUnit.MINUTES.toNanos(2));
    lossRate = 1;
    run(TimeUnit.MINUTES.toNanos(10));
    assertEquals(List.of(), left);
    lossRate = 0;
    run(TimeUnit.MINUTES.toNanos(10));
    assertEquals(List.of(), left);
  }

  @Test
  void amongThreeOthersOneMayLieSoNobodyIsJudged() {
    relays(3);
    droppers.add(relay(0));
    run(TimeUnit.MINUTES.toNanos(10));
    assertEquals(0, sent);
  }

  @Test
  void aNoticeEndsAProbeAndCountsForNothing() {
    relays(8);
    for (int i = 0; i < 20_000; i++) {
      nowNs += TICK_NS;
      assertEquals(List.of(), probes.onTick(nowNs));
      for (Probe probe : effects.takeProbes()) {
        if (probe.over() == links.get(0)) {
          probes.onNotice(probe.nonce());
          assertFalse(probes.onPong(probe.to(), probe.nonce(), nowNs));
        } else {
          assertFalse(probes.onPong(PeerId.random(random), probe.nonce(), nowNs));
          assertTrue(probes.onPong(probe.to(), probe.nonce(), nowNs));
        }
      }
    }
  }
}
