package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.RecordingEffects.Dial;

/** A node with few links dials relays that it has met before. */
class SearchTest {
  private static final OverlayConfig LEAF = OverlayConfig.LEAF;
  private static final String BOOTSTRAP = "ws://bootstrap.example";

  private final OverlayBench bench = new OverlayBench(LEAF, 77);

  private KnownRelay known(String url) {
    return new KnownRelay(bench.stranger(), url, 0);
  }

  private TestLink answers(Dial dial, PeerId id) {
    TestLink link = TestLink.binary(id, dial.url(), bench.nowNs);
    assertTrue(bench.up(link));
    return link;
  }

  private List<Dial> dialsWithin(long durationNs) {
    bench.tickForWhileAllTalk(durationNs);
    return bench.effects.takeDials();
  }

  @Test
  void afterARestartTheBootstrapUrlComesFirstAndThenTheKnownRelays() {
    KnownRelay first = known("ws://a.example");
    KnownRelay second = known("ws://b.example");
    bench.overlay.recall(List.of(known(BOOTSTRAP), first, second));
    bench.overlay.bootstrap(BOOTSTRAP, bench.nowNs);
    bench.tick();
    assertEquals(List.of(new Dial(BOOTSTRAP, null)), bench.effects.takeDials());
    assertEquals(List.of(), dialsWithin(LEAF.known().headStartNs() - OverlayBench.TICK_NS));
    assertEquals(
        List.of(new Dial(second.url(), second.id()), new Dial(first.url(), first.id())),
        dialsWithin(OverlayBench.TICK_NS));
  }

  @Test
  void itselfIsNotDialedAndNoMoreThanFour() {
    List<KnownRelay> relays =
        List.of(
            known("ws://1"), known("ws://2"), known("ws://3"), known("ws://4"), known("ws://5"));
    bench.overlay.recall(List.of(new KnownRelay(bench.self, "ws://self", 0)));
    assertEquals(List.of(), bench.overlay.knownRelays());
    bench.overlay.recall(relays);
    List<Dial> dials = dialsWithin(TimeUnit.MINUTES.toNanos(5));
    assertEquals(LEAF.known().fewLinks(), dials.size(), "until there is an answer");
    bench.overlay.onDialFailed(
        dials.get(0).url(), dials.get(0).expected(), ConnectFailure.DIAL_FAILED, bench.nowNs);
    assertEquals(1, dialsWithin(TimeUnit.MINUTES.toNanos(1)).size(), "another one");
  }

  @Test
  void aLostRelayIsReplacedWithinAMomentByAnotherThatWasMet() {
    KnownRelay other = known("ws://other.example");
    bench.overlay.recall(List.of(other));
    bench.overlay.bootstrap(BOOTSTRAP, bench.nowNs);
    bench.tick();
    TestLink relay = answers(bench.effects.takeDials().get(0), bench.stranger());
    for (int i = 1; i < LEAF.known().fewLinks(); i++) {
      bench.relay();
    }
    assertEquals(List.of(), dialsWithin(TimeUnit.MINUTES.toNanos(5)), "enough");
    bench.down(relay);
    List<Dial> dials = dialsWithin(2 * LEAF.redialMinNs());
    assertTrue(dials.contains(new Dial(other.url(), other.id())), dials::toString);
  }

  @Test
  void onlyRelaysThatWereDialedInProtocol2AreRemembered() {
    bench.relay();
    assertTrue(bench.up(TestLink.binary(bench.stranger(), null, bench.nowNs)));
    assertEquals(List.of(), bench.overlay.knownRelays());
    TestLink met = answers(new Dial("ws://met.example", null), bench.stranger());
    assertEquals(
        List.of(new KnownRelay(met.peer(), "ws://met.example", 0)), bench.overlay.knownRelays());
  }

  @Test
  void thoseThatAreLinkedWhenTheNodeIsClosedAreTheBestToComeBackTo() {
    TestLink stays = answers(new Dial("ws://stays.example", null), bench.stranger());
    TestLink leaves = answers(new Dial("ws://leaves.example", null), bench.stranger());
    bench.down(leaves);
    bench.overlay.close();
    bench.down(stays);
    assertEquals(
        List.of(
            new KnownRelay(leaves.peer(), "ws://leaves.example", 1),
            new KnownRelay(stays.peer(), "ws://stays.example", 0)),
        bench.overlay.knownRelays());
  }

  @Test
  void aRelayThatDidNotForwardIsNotDialedAgainForAWhile() {
    TestLink bad = answers(new Dial("ws://bad.example", null), bench.stranger());
    bench.tickForWhileAllTalk(TimeUnit.SECONDS.toNanos(20));
    assertEquals(CloseReason.NOT_FORWARDING, bench.effects.takeCloses().get(0).reason());
    bench.down(bad);
    assertEquals(List.of(), dialsWithin(TimeUnit.MINUTES.toNanos(59)));
    assertFalse(dialsWithin(TimeUnit.MINUTES.toNanos(3)).isEmpty(), "it may have been repaired");
  }
}
