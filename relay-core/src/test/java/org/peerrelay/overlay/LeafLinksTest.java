package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Dial;
import org.peerrelay.overlay.RecordingEffects.Send;
import org.peerrelay.routing.AddressGroup;

/** Which links with relays a leaf makes, takes and keeps. */
class LeafLinksTest {
  private static final OverlayConfig LEAF = OverlayConfig.LEAF;
  private static final String NAME = "ws://relay.example";

  private final OverlayBench bench = new OverlayBench(LEAF, 31);

  /** The URL of a relay in the given network. */
  private static String url(int network, int host) {
    return "ws://11.0." + network + "." + host + ":8080";
  }

  private static AddressGroup group(int network) {
    return Objects.requireNonNull(AddressGroup.ofUrl(url(network, 1)));
  }

  private TestLink link(PeerId relay, @Nullable String url, int network) {
    return TestLink.binary(relay, url, group(network), bench.nowNs);
  }

  private TestLink linked(PeerId relay, @Nullable String url, int network) {
    TestLink link = link(relay, url, network);
    assertTrue(bench.up(link));
    return link;
  }

  /** A link that nobody has asked for. */
  private TestLink linked(int network) {
    return linked(bench.stranger(), url(network, 1), network);
  }

  private TestLink bootstrapped(int network) {
    String url = url(network, 99);
    bench.overlay.bootstrap(url, bench.nowNs);
    bench.tick();
    return linked(bench.stranger(), url, network);
  }

  private List<PeerId> strangers(int count) {
    List<PeerId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(bench.stranger());
    }
    return ids;
  }

  private void named(TestLink by, List<PeerId> ids) {
    bench.says(by.peer(), new Message.FoundPeers(ids));
  }

  private List<Close> closes() {
    return bench.effects.takeCloses();
  }

  @Test
  void whoAnswersFromANetworkThatIsLinkedIsNotDialedAndTheNextIsAsked() {
    TestLink relay = bootstrapped(1);
    bootstrapped(2);
    bench.effects.clear();
    named(relay, strangers(5));
    List<PeerId> asked = bench.effects.takeOffers();
    assertEquals(2, asked.size());
    bench.answers(asked.get(0), url(1, 2));
    assertEquals(List.of(), bench.effects.takeDials());
    List<PeerId> next = bench.effects.takeOffers();
    assertEquals(1, next.size());
    bench.answers(asked.get(1), url(3, 1));
    assertEquals(List.of(new Dial(url(3, 1), asked.get(1))), bench.effects.takeDials());
    bench.answers(next.get(0), url(3, 2));
    assertEquals(List.of(), bench.effects.takeDials(), "that network is being dialed");
    assertEquals(List.of(), closes());
    assertEquals(List.of(), bench.effects.takeFailures());
  }

  @Test
  void whoIsKnownToBeInANetworkThatIsLinkedIsNotAsked() {
    KnownRelay known = new KnownRelay(bench.stranger(), url(1, 2), 0);
    bench.overlay.recall(List.of(known));
    TestLink relay = bootstrapped(1);
    linked(2);
    PeerId met = bench.stranger();
    bench.down(linked(met, NAME, 3));
    linked(3);
    bench.effects.clear();
    named(relay, List.of(known.id(), met));
    assertEquals(List.of(), bench.effects.takeOffers());
    PeerId stranger = bench.stranger();
    named(relay, List.of(known.id(), met, stranger));
    assertEquals(List.of(stranger), bench.effects.takeOffers());
  }

  @Test
  void whoHasAnsweredFromANetworkThatIsLinkedTakesNoRoomFromOthers() {
    TestLink relay = bootstrapped(1);
    bootstrapped(2);
    List<PeerId> there = strangers(LEAF.maxCandidates());
    for (PeerId peer : there) {
      named(relay, List.of(peer));
      bench.answers(peer, url(1, 2));
    }
    bench.nowNs += LEAF.refreshNs();
    bench.effects.clear();
    PeerId elsewhere = bench.stranger();
    named(relay, there);
    named(relay, List.of(elsewhere));
    assertEquals(List.of(elsewhere), bench.effects.takeOffers());
  }

  @Test
  void whoIsInANetworkThatIsLinkedMeanwhileMakesRoomForOthers() {
    List<PeerId> there = strangers(LEAF.maxCandidates() + 1);
    bench.overlay.recall(there.stream().map(id -> new KnownRelay(id, url(3, 1), 0)).toList());
    TestLink relay = bootstrapped(1);
    TestLink second = linked(2);
    linked(4);
    bench.effects.clear();
    named(relay, there);
    PeerId asked = bench.effects.takeOffers().get(0);
    linked(asked, NAME, 3);
    named(relay, there.stream().filter(id -> !id.equals(asked)).toList());
    bench.down(second);
    bench.effects.clear();
    PeerId elsewhere = bench.stranger();
    named(relay, List.of(elsewhere));
    assertEquals(List.of(elsewhere), bench.effects.takeOffers());
  }

  @Test
  void aLinkThatTheApplicationAsksForOnceItIsThereIsKept() {
    TestLink first = linked(1);
    bench.overlay.connect(first.peer(), bench.nowNs);
    for (int network = 2; network <= LEAF.relayLinks() + 1; network++) {
      bootstrapped(network);
    }
    bootstrapped(1);
    assertEquals(List.of(), closes());
  }

  @Test
  void aLinkInThePlaceOfOneThatWasAskedForIsKept() {
    TestLink first = bootstrapped(1);
    bench.nowNs += Math.max(LEAF.replaceNs(), LEAF.crossingNs());
    TestLink second = linked(first.peer(), null, 1);
    closes();
    bench.down(first);
    for (int network = 2; network <= LEAF.relayLinks() + 1; network++) {
      bootstrapped(network);
    }
    assertEquals(List.of(), closes());
    assertEquals(second, bench.router.link(first.peer()));
  }

  @Test
  void aKnownRelayInANetworkThatIsLinkedIsNotDialed() {
    KnownRelay there = new KnownRelay(bench.stranger(), url(1, 2), 0);
    KnownRelay elsewhere = new KnownRelay(bench.stranger(), url(7, 1), 0);
    KnownRelay besides = new KnownRelay(bench.stranger(), url(7, 2), 0);
    bench.overlay.recall(List.of(there, besides, elsewhere));
    bootstrapped(1);
    bench.effects.clear();
    bench.tickForWhileAllTalk(2 * LEAF.known().headStartNs());
    assertEquals(List.of(new Dial(elsewhere.url(), elsewhere.id())), bench.effects.takeDials());
  }

  @Test
  void whoeverAnswersForAKnownRelayWithoutProofIsNoLinkToComeAnyMore() {
    KnownRelay known = new KnownRelay(bench.stranger(), url(7, 1), 0);
    bench.overlay.recall(List.of(known));
    TestLink relay = bootstrapped(1);
    bench.tickForWhileAllTalk(2 * LEAF.known().headStartNs());
    assertTrue(bench.effects.takeDials().contains(new Dial(known.url(), known.id())));
    TestLink legacy = bench.linkTo(known.id(), known.url());
    assertTrue(bench.up(legacy));
    bench.down(legacy);
    bench.effects.clear();
    named(relay, strangers(5));
    assertEquals(LEAF.relayLinks() - 1, bench.effects.takeOffers().size());
  }

  @Test
  void whereOnlyANameIsKnownTheLinkIsNotTakenAndTheNextIsAsked() {
    TestLink relay = bootstrapped(1);
    bootstrapped(2);
    named(relay, strangers(5));
    List<PeerId> asked = bench.effects.takeOffers();
    bench.answers(asked.get(0), NAME);
    bench.effects.clear();
    TestLink again = link(asked.get(0), NAME, 1);
    assertFalse(bench.up(again));
    assertEquals(List.of(new Close(again, CloseReason.SAME_NETWORK)), closes());
    assertEquals(List.of(), bench.effects.takeLinked());
    assertEquals(1, bench.effects.takeOffers().size());
  }

  @Test
  void theOnlyNetworkGetsASecondLinkWhenNoOtherIsToCome() {
    TestLink relay = bootstrapped(1);
    bench.effects.clear();
    named(relay, strangers(2));
    List<PeerId> asked = bench.effects.takeOffers();
    bench.answers(asked.get(0), url(1, 2));
    assertEquals(List.of(), bench.effects.takeDials());
    bench.answers(asked.get(1), url(1, 3));
    assertEquals(List.of(new Dial(url(1, 3), asked.get(1))), bench.effects.takeDials());
    linked(asked.get(1), url(1, 3), 1);
    assertEquals(List.of(), closes());
  }

  @Test
  void theSecondInANetworkLeavesWhenThereIsAnotherNetwork() {
    bootstrapped(1);
    TestLink second = linked(1);
    bootstrapped(2);
    assertEquals(List.of(new Close(second, CloseReason.SAME_NETWORK)), closes());
  }

  @Test
  void aFifthThatNobodyAskedForIsNotTaken() {
    for (int network = 1; network <= LEAF.relayLinks(); network++) {
      linked(network);
    }
    bench.effects.clear();
    TestLink fifth = link(bench.stranger(), NAME, 9);
    assertFalse(bench.up(fifth));
    assertEquals(List.of(new Close(fifth, CloseReason.SURPLUS)), closes());
    assertEquals(List.of(), bench.effects.takeSends());
  }

  @Test
  void theYoungestThatNobodyAskedForLeavesWhenABootstrapComesAndAllKnowBefore() {
    TestLink first = linked(1);
    TestLink second = linked(2);
    bench.tick();
    TestLink youngest = linked(3);
    bench.tick();
    TestLink old = bootstrapped(4);
    bench
        .effects
        .takeProbes()
        .forEach(echo -> bench.overlay.onEcho(echo.over().peer(), echo.nonce(), bench.nowNs));
    bench.effects.clear();
    bootstrapped(5);
    assertEquals(List.of(new Close(youngest, CloseReason.SURPLUS)), closes());
    int before = bench.effects.sendsBeforeClose();
    List<Send> sends = bench.effects.takeSends().subList(0, before);
    List<PeerId> stay =
        List.of(first, second, old).stream()
            .map(TestLink::peer)
            .sorted(bench.self::compareDistance)
            .toList();
    Pointer pointer = bench.effects.pointer(bench.self, stay, LEAF.pointers().lifetimeS());
    List<Send> last = sends.subList(sends.size() - 4, sends.size());
    assertEquals(new Send(youngest.peer(), new Message.Publish(pointer, false, 0)), last.get(3));
    assertEquals(stay, last.subList(0, 3).stream().map(Send::to).toList());
    bootstrapped(6);
    assertEquals(CloseReason.SURPLUS, closes().get(0).reason(), "while that is not yet down");
  }

  @Test
  void allThatWereAskedForAreKept() {
    for (int network = 1; network <= LEAF.relayLinks() + 2; network++) {
      bootstrapped(network);
    }
    bootstrapped(1);
    assertEquals(List.of(), closes());
  }

  @Test
  void theApplicationGetsItsLinkWhateverThereIs() {
    for (int network = 1; network <= LEAF.relayLinks(); network++) {
      linked(network);
      bench.tick();
    }
    PeerId wanted = bench.stranger();
    bench.overlay.connect(wanted, bench.nowNs);
    bench.effects.clear();
    bench.answers(wanted, url(1, 2));
    assertEquals(List.of(new Dial(url(1, 2), wanted)), bench.effects.takeDials());
    TestLink link = linked(wanted, url(1, 2), 1);
    assertEquals(CloseReason.SAME_NETWORK, closes().get(0).reason());
    assertEquals(link, bench.router.link(wanted));
  }

  @Test
  void aBootstrapUrlIsNotDialedForTheAnswerOfAPeer() {
    TestLink relay = bootstrapped(1);
    bench.overlay.bootstrap(NAME, bench.nowNs);
    bench.tick();
    named(relay, strangers(3));
    PeerId asked = bench.effects.takeOffers().get(0);
    bench.effects.clear();
    bench.answers(asked, NAME);
    assertEquals(List.of(), bench.effects.takeDials());
  }

  @Test
  void aRelayThatIsLinkedAndThenFoundAtABootstrapUrlWasAskedFor() {
    TestLink first = linked(1);
    bench.overlay.bootstrap(NAME, bench.nowNs);
    bench.tick();
    assertFalse(bench.up(link(first.peer(), NAME, 1)));
    for (int network = 2; network <= LEAF.relayLinks() + 1; network++) {
      bootstrapped(network);
    }
    assertFalse(closes().stream().anyMatch(close -> close.link() == first));
  }
}
