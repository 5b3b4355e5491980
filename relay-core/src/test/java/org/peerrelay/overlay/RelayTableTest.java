package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Dial;
import org.peerrelay.overlay.RecordingEffects.Send;
import org.peerrelay.relay.Refusal;

/** Which links with relays inside take datagrams for others, and which are made and kept. */
class RelayTableTest {
  private static final TableConfig CONFIG = TableConfig.DEFAULT;

  private final OverlayBench bench = new OverlayBench(OverlayConfig.RELAY, 3);

  private static String url(PeerId peer) {
    return "ws://relay.example/" + peer;
  }

  private TestLink link(PeerId peer, @Nullable String dialedUrl) {
    TestLink link = TestLink.inside(peer, dialedUrl, url(peer), null);
    link.heard(bench.nowNs);
    return link;
  }

  private TestLink cameIn(PeerId peer) {
    TestLink link = link(peer, null);
    assertTrue(bench.up(link));
    return link;
  }

  private TestLink dialed(PeerId peer) {
    TestLink link = link(peer, url(peer));
    assertTrue(bench.up(link));
    return link;
  }

  private void verified(TestLink link, boolean met) {
    bench.overlay.onVerified(url(link.peer()), link.peer(), met, bench.nowNs);
    bench.router.refresh();
  }

  private void says(TestLink link, Message message) {
    bench.says(link.peer(), message);
  }

  private PeerId inBucket(int bucket) {
    return bench.self.differingAt(bucket, bench.stranger());
  }

  private List<PeerId> namedTo(TestLink asker) {
    bench.effects.clear();
    says(asker, new Message.FindPeers(bench.stranger()));
    Send answer = bench.effects.takeSends().get(0);
    return ((Message.FoundPeers) answer.message()).ids();
  }

  @Test
  void whomWeHaveDialedWhereItSaysItIsHasItsPlaceAtOnce() {
    assertTrue(dialed(bench.stranger()).inTable());
    assertEquals(List.of(), bench.effects.takeChecks());
  }

  @Test
  void whoCameInIsDialedBackFirst() {
    TestLink link = cameIn(bench.stranger());
    assertFalse(link.inTable());
    assertEquals(List.of(new Dial(url(link.peer()), link.peer())), bench.effects.takeChecks());
    assertEquals(List.of(), bench.router.nearestInside(link.peer(), 1));
    assertEquals(List.of(), namedTo(dialed(bench.stranger())));
    verified(link, true);
    assertTrue(link.inTable());
    assertEquals(List.of(link), bench.router.nearestInside(link.peer(), 1));
  }

  @Test
  void whomWeHaveDialedElsewhereIsDialedBackToo() {
    PeerId peer = bench.stranger();
    TestLink link = link(peer, "ws://bootstrap.example");
    assertTrue(bench.up(link));
    assertFalse(link.inTable());
    assertEquals(List.of(new Dial(url(peer), peer)), bench.effects.takeChecks());
  }

  @Test
  void whoIsNotWhereItSaysItIsStaysLinkedWithoutAPlaceAndIsNotDialedAllTheTime() {
    TestLink link = cameIn(bench.stranger());
    bench.effects.clear();
    verified(link, false);
    assertFalse(link.inTable());
    assertEquals(link, bench.router.link(link.peer()));
    bench.tickForWhileAllTalk(CONFIG.dialBackRetryNs() - TimeUnit.SECONDS.toNanos(1));
    bench.down(link);
    TestLink again = cameIn(link.peer());
    assertFalse(again.inTable());
    assertEquals(List.of(), bench.effects.takeChecks());
    bench.tickForWhileAllTalk(CONFIG.askMaxNs() + TimeUnit.SECONDS.toNanos(1));
    assertEquals(1, bench.effects.takeChecks().size());
  }

  @Test
  void aDialBackThatMeetsNobodyIsCounted() {
    verified(cameIn(inBucket(0)), true);
    assertEquals(0, failedDialBacks());
    verified(cameIn(inBucket(1)), false);
    verified(cameIn(inBucket(2)), false);
    assertEquals(2, failedDialBacks());
  }

  private long failedDialBacks() {
    return bench.router.counters().snapshot().refused().getOrDefault(Refusal.DIAL_BACK_FAILED, 0L);
  }

  @Test
  void whoComesAgainSoonIsNotDialedBackAgain() {
    TestLink link = cameIn(bench.stranger());
    verified(link, true);
    bench.down(link);
    bench.effects.clear();
    assertTrue(cameIn(link.peer()).inTable());
    assertEquals(List.of(), bench.effects.takeChecks());
    assertEquals(List.of(), bench.effects.takeDials());
  }

  @Test
  void fewAreDialedBackAtOnceAndTheOthersInTheirTurn() {
    List<TestLink> links = new ArrayList<>();
    for (int i = 0; i < CONFIG.maxDialBacks() + 1; i++) {
      links.add(cameIn(inBucket(i)));
    }
    assertEquals(CONFIG.maxDialBacks(), bench.effects.takeChecks().size());
    verified(links.get(0), false);
    assertEquals(1, bench.effects.takeChecks().size());
  }

  @Test
  void theOldestSpareOfTheFullestBucketLeavesForANewcomer() {
    for (int i = 0; i < CONFIG.nearLinks(); i++) {
      dialed(inBucket(20));
    }
    for (int i = 0; i < CONFIG.maxBucketLinks(); i++) {
      dialed(inBucket(0));
    }
    TestLink other = cameIn(bench.stranger());
    verified(other, false);
    bench.tickForWhileAllTalk(CONFIG.spareNs());
    List<TestLink> spares = new ArrayList<>();
    while (spares.size() < CONFIG.maxSpares() - 1) {
      spares.add(cameIn(inBucket(0)));
    }
    bench.effects.clear();
    assertFalse(spares.get(0).inTable());
    bench.tickForWhileAllTalk(CONFIG.spareNs() - 2 * OverlayBench.TICK_NS);
    cameIn(inBucket(0));
    assertEquals(List.of(new Close(other, CloseReason.SURPLUS)), bench.effects.takeCloses());
    assertFalse(bench.up(link(inBucket(0), null)), "all have come a moment ago");
    bench.tickForWhileAllTalk(3 * OverlayBench.TICK_NS);
    bench.effects.clear();
    cameIn(inBucket(0));
    assertEquals(
        List.of(new Close(spares.get(0), CloseReason.SURPLUS)), bench.effects.takeCloses());
  }

  @Test
  void aSpareTakesThePlaceOfTheDeadAtOnce() {
    List<TestLink> links = new ArrayList<>();
    for (int i = 0; i < CONFIG.nearLinks(); i++) {
      dialed(inBucket(20));
    }
    for (int i = 0; i < CONFIG.maxBucketLinks() + 1; i++) {
      links.add(dialed(inBucket(0)));
    }
    TestLink spare = links.get(CONFIG.maxBucketLinks());
    assertFalse(spare.inTable());
    bench.down(links.get(0));
    assertTrue(spare.inTable());
  }

  @Test
  void aCandidateIsOfferedALinkWhenARelayDies() {
    TestLink only = dialed(inBucket(0));
    List<PeerId> named = Stream.generate(() -> inBucket(0)).limit(20).toList();
    TestLink near = dialed(inBucket(20));
    for (int i = 1; i < CONFIG.nearLinks(); i++) {
      dialed(inBucket(21));
    }
    for (int i = 1; i < CONFIG.bucketLinks(); i++) {
      dialed(inBucket(0));
    }
    bench.effects.clear();
    says(near, new Message.FoundPeers(named));
    assertEquals(List.of(), bench.effects.takeOffers(), "there are enough");
    bench.down(only);
    assertEquals(1, bench.effects.takeOffers().size());
  }

  @Test
  void offersAreBoundedAndTheNextFollowsWhereOneFails() {
    TestLink relay = dialed(inBucket(0));
    bench.effects.clear();
    says(relay, new Message.FoundPeers(Stream.generate(bench::stranger).limit(20).toList()));
    List<PeerId> offers = bench.effects.takeOffers();
    assertTrue(offers.size() <= CONFIG.maxOffers());
    says(relay, new Message.FoundPeers(Stream.generate(bench::stranger).limit(20).toList()));
    int more = bench.effects.takeOffers().size();
    assertEquals(CONFIG.maxOffers(), offers.size() + more);
    bench.overlay.onUndelivered(offers.get(0), bench.nowNs);
    List<PeerId> next = bench.effects.takeOffers();
    assertEquals(1, next.size());
    assertFalse(offers.contains(next.get(0)));
  }

  @Test
  void quietRelaysArePingedSoonAndGivenUpSoon() {
    TestLink relay = dialed(bench.stranger());
    TestLink leaf = bench.leaf();
    bench.tickFor(CONFIG.pingAfterNs());
    assertEquals(List.of(relay), bench.effects.takePings());
    bench.tickFor(CONFIG.deadAfterNs() - CONFIG.pingAfterNs());
    assertEquals(List.of(new Close(relay, CloseReason.SILENT)), bench.effects.takeCloses());
    assertEquals(leaf, bench.router.link(leaf.peer()));
  }

  @Test
  void questionsBecomeRareOnceTheyBringNothingNew() {
    TestLink relay = dialed(inBucket(2));
    bench.effects.clear();
    bench.tickForWhileAllTalk(TimeUnit.SECONDS.toNanos(20));
    int soon = asked(relay);
    bench.tickForWhileAllTalk(TimeUnit.MINUTES.toNanos(5));
    bench.effects.clear();
    bench.tickForWhileAllTalk(TimeUnit.MINUTES.toNanos(5));
    int late = asked(relay);
    // A round is one question for our own surroundings and one for each of three short buckets.
    assertTrue(soon >= 3 * 4 && late >= 5 * 4 && late <= 10 * 4, soon + " soon, " + late + " late");
  }

  @Test
  void whoseLinkInTheTableIsLostIsDialedAgain() {
    TestLink lost = cameIn(bench.stranger());
    verified(lost, true);
    for (int i = 0; i < 4; i++) {
      dialed(bench.stranger());
    }
    bench.down(lost);
    bench.effects.clear();
    bench.tickForWhileAllTalk(CONFIG.lostDialNs());
    assertEquals(List.of(new Dial(url(lost.peer()), lost.peer())), bench.effects.takeDials());
    assertTrue(dialed(lost.peer()).inTable());
    bench.tickForWhileAllTalk(2 * CONFIG.lostDialNs());
    assertEquals(List.of(), bench.effects.takeDials());
  }

  @Test
  void whoCouldNotBeReachedIsOfferedALinkAgainWhenALostRelayIsBack() {
    TestLink relay = dialed(inBucket(0));
    TestLink lost = dialed(inBucket(1));
    bench.down(lost);
    PeerId unreachable = inBucket(2);
    for (int failures = 0; failures < 3; failures++) {
      bench.tickForWhileAllTalk(CONFIG.offerRetryNs() << failures);
      says(relay, new Message.FoundPeers(List.of(unreachable)));
      bench.overlay.onUndelivered(unreachable, bench.nowNs);
    }
    bench.effects.clear();
    says(relay, new Message.FoundPeers(List.of(unreachable)));
    assertEquals(List.of(), bench.effects.takeOffers());
    dialed(lost.peer());
    says(relay, new Message.FoundPeers(List.of(unreachable)));
    assertEquals(List.of(unreachable), bench.effects.takeOffers());
  }

  private int asked(TestLink relay) {
    return (int)
        bench.effects.takeSends().stream()
            .filter(send -> send.to().equals(relay.peer()))
            .filter(send -> send.message() instanceof Message.FindPeers)
            .count();
  }
}
