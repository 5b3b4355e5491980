package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.peerrelay.message.Message;
import org.peerrelay.overlay.RecordingEffects.Send;

/** Which of the peers heard of are offered links. */
class FillUpTest {
  private static final OverlayConfig RELAY = OverlayConfig.RELAY;

  private final OverlayBench bench = new OverlayBench(RELAY, 7);

  private static List<PeerId> strangers(OverlayBench bench, int count) {
    List<PeerId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(bench.stranger());
    }
    return ids;
  }

  private static Message found(List<PeerId> ids) {
    return new Message.FoundPeers(ids);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 4})
  void aRelayWantsFifteenRelaysAndALeafFour(int wanted) {
    OverlayConfig config = wanted == 15 ? OverlayConfig.RELAY : OverlayConfig.LEAF;
    assertEquals(wanted, config.relayLinks());
    OverlayBench one = new OverlayBench(config, 8);
    TestLink relay = one.relay();
    one.effects.clear();
    one.says(relay, found(strangers(one, 20)));
    assertEquals(wanted - 1, one.effects.takeOffers().size(), "the relay itself counts");
    one.says(relay, found(strangers(one, 20)));
    assertEquals(List.of(), one.effects.takeOffers(), "offers that are out count");
  }

  @Test
  void theNearestAreOfferedLinksFirst() {
    TestLink relay = bench.relay();
    List<PeerId> heard = strangers(bench, 20);
    bench.effects.clear();
    bench.says(relay, found(heard));
    List<PeerId> nearest =
        heard.stream().sorted(bench.self::compareDistance).limit(RELAY.relayLinks() - 1).toList();
    assertEquals(nearest, bench.effects.takeOffers());
  }

  @Test
  void leavesDoNotCount() {
    TestLink relay = bench.relay();
    for (int i = 0; i < 100; i++) {
      bench.leaf();
    }
    bench.effects.clear();
    bench.says(relay, found(strangers(bench, 20)));
    assertEquals(RELAY.relayLinks() - 1, bench.effects.takeOffers().size());
  }

  @Test
  void enoughRelaysAreEnough() {
    TestLink relay = bench.relay();
    for (int i = 1; i < RELAY.relayLinks(); i++) {
      bench.relay();
    }
    bench.effects.clear();
    bench.says(relay, found(strangers(bench, 20)));
    assertEquals(List.of(), bench.effects.takeOffers());
    bench.tickForWhileAllTalk(TimeUnit.MINUTES.toNanos(10));
    assertEquals(List.of(), bench.effects.takeSends(), "questions for more");
  }

  @Test
  void onlyNeighboursAreListenedTo() {
    bench.relay();
    bench.effects.clear();
    bench.says(bench.stranger(), found(strangers(bench, 20)));
    assertEquals(List.of(), bench.effects.takeOffers());
    bench.says(bench.relay(), found(List.of()));
    assertEquals(List.of(), bench.effects.takeOffers(), "remembered from the stranger");
  }

  @Test
  void neitherWeNorNeighboursAreCandidates() {
    TestLink relay = bench.relay();
    TestLink leaf = bench.leaf();
    PeerId stranger = bench.stranger();
    bench.effects.clear();
    bench.says(relay, found(List.of(bench.self, relay.peer(), leaf.peer(), stranger, stranger)));
    assertEquals(List.of(stranger), bench.effects.takeOffers());
  }

  @Test
  void aNewNeighbourIsAskedForPeersNearUs() {
    TestLink leaf = bench.leaf();
    TestLink relay = bench.relay();
    assertEquals(
        List.of(
            new Send(leaf.peer(), new Message.FindPeers(bench.self)),
            new Send(relay.peer(), new Message.FindPeers(bench.self))),
        bench.effects.takeSends().stream()
            .filter(send -> send.message() instanceof Message.FindPeers)
            .toList());
  }

  @Test
  void aLeafLooksForRelaysAnywhereButNearItsId() {
    OverlayBench leaf = new OverlayBench(OverlayConfig.LEAF, 8);
    leaf.relay();
    leaf.relay();
    Set<PeerId> asked = new HashSet<>();
    for (Send send : leaf.effects.takeSends()) {
      asked.add(((Message.FindPeers) send.message()).target());
    }
    assertEquals(2, asked.size(), "another id each time");
    assertTrue(asked.stream().noneMatch(id -> isBeside(leaf, id)));
    // Whoever makes ids around the leaf's is one of 18, and not the nearest 16 of 33.
    long offersToThose = 0;
    for (int i = 0; i < 100; i++) {
      OverlayBench other = new OverlayBench(OverlayConfig.LEAF, i);
      TestLink only = other.relay();
      List<PeerId> heard = strangers(other, 17);
      for (int j = 0; j < 16; j++) {
        heard.add(new PeerId(other.self.high(), other.self.middle(), j));
      }
      other.effects.clear();
      other.says(only, found(heard));
      List<PeerId> offers = other.effects.takeOffers();
      assertEquals(3, offers.size());
      offersToThose += offers.stream().filter(id -> isBeside(other, id)).count();
    }
    assertTrue(offersToThose < 50, "offers: " + offersToThose);
  }

  private static boolean isBeside(OverlayBench bench, PeerId id) {
    return bench.self.commonPrefixBits(id) > 20;
  }

  @Test
  void relaysAreAskedAgainEveryMinuteWhileTheyAreTooFew() {
    TestLink relay = bench.relay();
    bench.leaf();
    bench.tickForWhileAllTalk(TimeUnit.SECONDS.toNanos(1));
    bench.effects.clear();
    bench.tickForWhileAllTalk(TimeUnit.MINUTES.toNanos(10));
    List<Send> asked = bench.effects.takeSends();
    assertEquals(10, asked.size());
    assertEquals(
        Set.of(new Send(relay.peer(), new Message.FindPeers(bench.self))), new HashSet<>(asked));
  }

  @Test
  void aStrangerThatDoesNotAnswerIsLeftAloneForAWhile() {
    TestLink relay = bench.relay();
    PeerId silent = bench.stranger();
    bench.effects.clear();
    bench.says(relay, found(List.of(silent)));
    assertEquals(List.of(silent), bench.effects.takeOffers());
    bench.tickForWhileAllTalk(RELAY.handshakeNs());
    bench.says(relay, found(List.of(silent)));
    bench.tickForWhileAllTalk(RELAY.avoidNs() - OverlayBench.TICK_NS);
    bench.says(relay, found(List.of(silent)));
    assertEquals(List.of(), bench.effects.takeOffers());
    bench.tickForWhileAllTalk(OverlayBench.TICK_NS);
    bench.says(relay, found(List.of(silent)));
    assertEquals(List.of(silent), bench.effects.takeOffers());
  }

  @Test
  void theNextCandidateGetsItsOfferWhenOneHasFailed() {
    TestLink relay = bench.relay();
    bench.effects.clear();
    List<PeerId> heard = strangers(bench, 20);
    bench.says(relay, found(heard));
    List<PeerId> first = bench.effects.takeOffers();
    first.forEach(peer -> bench.answers(peer, null));
    List<PeerId> second = bench.effects.takeOffers();
    Set<PeerId> all = new HashSet<>(first);
    all.addAll(second);
    assertEquals(new HashSet<>(heard), all);
    assertEquals(heard.size(), first.size() + second.size());
  }

  @Test
  void theNextCandidateGetsItsOfferWhenOneDoesNotAnswerAndWhenADialFails() {
    TestLink relay = bench.relay();
    bench.says(relay, found(strangers(bench, 20)));
    List<PeerId> first = bench.effects.takeOffers();
    String url = "ws://offered.example";
    bench.answers(first.get(0), url);
    bench.overlay.onDialFailed(url, first.get(0), ConnectFailure.DIAL_FAILED, bench.nowNs);
    assertEquals(1, bench.effects.takeOffers().size());
    bench.tickForWhileAllTalk(RELAY.handshakeNs());
    assertEquals(20 - first.size() - 1, bench.effects.takeOffers().size(), "all that are left");
  }

  @Test
  void bootstrapsThatAreBeingDialedCountUntilTheyFail() {
    for (int i = 0; i < 3; i++) {
      bench.overlay.bootstrap(bootstrap(i), bench.nowNs);
    }
    bench.tick();
    TestLink relay = bench.linkTo(bench.stranger(), bootstrap(0));
    assertTrue(bench.up(relay));
    bench.effects.clear();
    bench.says(relay, found(strangers(bench, 20)));
    assertEquals(RELAY.relayLinks() - 3, bench.effects.takeOffers().size());
    bench.overlay.onDialFailed(bootstrap(1), null, ConnectFailure.DIAL_FAILED, bench.nowNs);
    assertEquals(1, bench.effects.takeOffers().size());
    bench.tickFor(2 * RELAY.redialMinNs());
    bench.overlay.onDialFailed(bootstrap(1), null, ConnectFailure.DIAL_FAILED, bench.nowNs);
    assertEquals(List.of(), bench.effects.takeOffers(), "it did not count any more");
    assertTrue(bench.up(bench.linkTo(bench.stranger(), bootstrap(2))));
    assertEquals(List.of(), bench.effects.takeOffers());
  }

  private static String bootstrap(int number) {
    return "ws://bootstrap" + number + ".example";
  }

  @Test
  void nobodyIsOfferedALinkWithoutAnyLinkToSendItOver() {
    TestLink relay = bench.relay();
    bench.says(relay, found(strangers(bench, 20)));
    bench.down(relay);
    bench.effects.clear();
    bench.tickFor(TimeUnit.MINUTES.toNanos(2));
    assertEquals(List.of(), bench.effects.takeOffers());
    TestLink again = bench.relay();
    bench.says(again, found(List.of()));
    assertEquals(6, bench.effects.takeOffers().size(), "those that were not offered one before");
  }

  @Test
  void aLinkMakesAnAvoidedStrangerWelcomeAgain() {
    TestLink relay = bench.relay();
    PeerId peer = bench.stranger();
    bench.says(relay, found(List.of(peer)));
    bench.answers(peer, null);
    TestLink link = bench.linkFrom(peer);
    assertTrue(bench.up(link));
    bench.down(link);
    bench.effects.clear();
    bench.says(relay, found(List.of(peer)));
    assertEquals(List.of(peer), bench.effects.takeOffers());
  }
}
