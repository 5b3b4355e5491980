package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Dial;

class DuplicateLinkTest {
  private static final String URL = "ws://relay.example:8000";
  private static final OverlayConfig CONFIG = OverlayConfig.RELAY;

  private final OverlayBench bench = new OverlayBench(CONFIG, 3);
  private final PeerId peer = bench.stranger();

  private TestLink accepted() {
    TestLink link = bench.linkFrom(peer);
    assertTrue(bench.up(link));
    bench.tick();
    bench.effects.clear();
    return link;
  }

  private void refused(TestLink link) {
    assertFalse(bench.up(link));
    assertEquals(List.of(new Close(link, CloseReason.DUPLICATE_ID)), bench.effects.takeCloses());
  }

  @Test
  void theFirstLinkKeepsTheIdAndTheSecondIsRefused() {
    TestLink first = accepted();
    refused(bench.linkFrom(peer));
    assertSame(first, bench.router.link(peer));
    assertEquals(List.of(), bench.effects.takeLinked());
    assertEquals(List.of(), bench.effects.takeUnlinked());
  }

  @Test
  void theEndOfARefusedLinkLeavesTheFirstAlone() {
    TestLink first = accepted();
    TestLink second = bench.linkFrom(peer);
    refused(second);
    bench.down(second);
    assertSame(first, bench.router.link(peer));
    assertEquals(List.of(), bench.effects.takeUnlinked());
  }

  @Test
  void theHolderIsPingedWhenAnotherClaimsItsId() {
    TestLink first = accepted();
    refused(bench.linkFrom(peer));
    assertEquals(List.of(first), bench.effects.takePings());
  }

  @Test
  void aHolderThatAnswersKeepsItsIdWhateverIsTried() {
    TestLink first = accepted();
    long endNs = bench.nowNs + TimeUnit.HOURS.toNanos(1);
    while (bench.nowNs - endNs < 0) {
      refused(bench.linkFrom(peer));
      bench.tick();
      first.heard(bench.nowNs);
    }
    assertEquals(List.of(), bench.effects.takeCloses());
    assertSame(first, bench.router.link(peer));
  }

  @Test
  void aHolderThatIsDeadLosesItsIdWithinTheProbeTime() {
    TestLink first = accepted();
    refused(bench.linkFrom(peer));
    bench.tickFor(CONFIG.probeNs() - OverlayBench.TICK_NS);
    assertEquals(List.of(), bench.effects.takeCloses());
    bench.tick();
    assertEquals(List.of(new Close(first, CloseReason.SILENT)), bench.effects.takeCloses());
    bench.down(first);
    accepted();
  }

  @Test
  void aHolderThatDiedLongAgoLosesItsIdWithinTheProbeTimeToo() {
    TestLink first = accepted();
    bench.tickFor(CONFIG.pingAfterNs() + TimeUnit.SECONDS.toNanos(1));
    assertEquals(List.of(first), bench.effects.takePings());
    refused(bench.linkFrom(peer));
    bench.tickFor(CONFIG.probeNs());
    assertEquals(List.of(new Close(first, CloseReason.SILENT)), bench.effects.takeCloses());
  }

  @Test
  void furtherClaimsNeitherPutTheEndOffNorPingAgain() {
    TestLink first = accepted();
    long endNs = bench.nowNs + CONFIG.probeNs();
    while (bench.nowNs - endNs < 0) {
      refused(bench.linkFrom(peer));
      bench.tick();
    }
    assertEquals(List.of(first), bench.effects.takePings());
    assertEquals(List.of(new Close(first, CloseReason.SILENT)), bench.effects.takeCloses());
  }

  @Test
  void aClaimOnALinkThatIsAboutToBeClosedDoesNotPutThatOff() {
    TestLink first = accepted();
    bench.tickFor(CONFIG.deadAfterNs() - 2 * OverlayBench.TICK_NS);
    refused(bench.linkFrom(peer));
    bench.tick();
    assertEquals(List.of(new Close(first, CloseReason.SILENT)), bench.effects.takeCloses());
  }

  @Test
  void linksThatCrossedAreBothClosedAndTheUrlIsDialedAgain() {
    bench.overlay.bootstrap(URL, bench.nowNs);
    bench.tick();
    assertEquals(List.of(new Dial(URL, null)), bench.effects.takeDials());
    TestLink first = bench.linkTo(peer, URL);
    TestLink second = bench.linkFrom(peer);
    assertTrue(bench.up(first));
    assertFalse(bench.up(second));
    assertEquals(
        List.of(new Close(second, CloseReason.CROSSED), new Close(first, CloseReason.CROSSED)),
        bench.effects.takeCloses());

    bench.tickFor(TimeUnit.SECONDS.toNanos(1));
    assertEquals(List.of(), bench.effects.takeDials(), "dialed while one of the two is there");
    bench.down(second);
    bench.down(first);
    bench.tickFor(2 * CONFIG.redialMinNs() + OverlayBench.TICK_NS);
    assertEquals(List.of(new Dial(URL, null)), bench.effects.takeDials());
  }

  @Test
  void aSecondLinkOnWhichThePeerDoesNotKnowUsYetIsRefusedAndNeverMissed() {
    TestLink first = bench.linkFrom(peer);
    assertTrue(bench.up(first));
    refused(bench.linkTo(peer, URL));
    assertSame(first, bench.router.link(peer));
  }

  @Test
  void aSecondLinkOfAnNpmPeerIsRefusedBeforeItIsToldWhoWeAre() {
    assertTrue(bench.up(bench.linkTo(peer, URL)));
    TestLink second = bench.linkFromNpm(peer);
    refused(second);
    assertFalse(second.knowsUs());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterMomentsTheFirstOfTwoLinksKeepsTheId(boolean ourDialFirst) {
    TestLink first = ourDialFirst ? bench.linkTo(peer, URL) : bench.linkFrom(peer);
    assertTrue(bench.up(first));
    bench.tickForWhileAllTalk(CONFIG.crossingNs());
    refused(ourDialFirst ? bench.linkFrom(peer) : bench.linkTo(peer, URL));
    assertSame(first, bench.router.link(peer));
  }

  @Test
  void twoLinksInTheSameDirectionDoNotCross() {
    assertTrue(bench.up(bench.linkTo(peer, URL)));
    refused(bench.linkTo(peer, "ws://second.example"));
  }

  @Test
  void aThirdLinkIsRefusedWhileTwoThatCrossedAreClosing() {
    TestLink dialed = bench.linkTo(peer, URL);
    assertTrue(bench.up(dialed));
    assertFalse(bench.up(bench.linkFrom(peer)));
    bench.effects.clear();
    bench.down(dialed);
    assertTrue(bench.up(bench.linkFrom(peer)), "free again");
  }

  @Test
  void aLinkWithOurselvesIsRefused() {
    TestLink link = bench.linkFrom(bench.self);
    assertFalse(bench.up(link));
    assertEquals(List.of(new Close(link, CloseReason.SELF)), bench.effects.takeCloses());
    bench.down(link);
    assertEquals(List.of(), bench.effects.takeLinked());
    assertEquals(List.of(), bench.effects.takeUnlinked());
  }
}
