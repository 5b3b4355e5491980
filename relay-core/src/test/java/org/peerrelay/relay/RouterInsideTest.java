package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.SELF;
import static org.peerrelay.relay.RouterScene.drop;
import static org.peerrelay.relay.RouterScene.forward;
import static org.peerrelay.relay.RouterScene.id;
import static org.peerrelay.relay.RouterScene.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Transit;

/** Datagrams of protocol 2 among relays that can all link with each other. */
class RouterInsideTest {
  private static final PeerId TARGET = id(0x8000);

  private final Link author = TestLink.binaryLeaf(id(1));
  private final Link near = TestLink.inside(id(0x8001));
  private final Link next = TestLink.inside(id(0x8002));
  private final Link far = TestLink.inside(id(2));
  private final RouterScene scene = new RouterScene().with(author);

  private Transit toTarget() {
    return scene.transit(TARGET, author.peer(), 20);
  }

  private void pointTo(PeerId peer, PeerId... relays) {
    Pointer pointer = new Pointer(peer, List.of(relays), 1, 60, null);
    assertTrue(scene.router.pointers().hold(pointer, 0, 0));
  }

  @Test
  void oneCopyGoesToTheNearestRelayInside() {
    scene.with(near, next, far);
    Verdict verdict = scene.route(toTarget(), author);
    assertEquals(forward(near, null), verdict);
    assertSame(verdict, scene.route(toTarget(), author), "allocated again");
    assertEquals(forward(near, null), scene.route(toTarget(), far));
  }

  @Test
  void aRelayWithoutPlaceIsReachedAndBelievedAndNoWayToOthers() {
    Link newcomer = TestLink.claimedInside(id(0x8003));
    scene.with(newcomer);
    assertEquals(drop(DropReason.NO_ROUTE), scene.route(toTarget(), author));
    assertEquals(
        forward(newcomer, null),
        scene.route(scene.transit(newcomer.peer(), author.peer(), 20), author));
    scene.with(near);
    // It passes on what others have written, and comes round no more than any relay inside.
    assertEquals(forward(near, null), scene.route(toTarget(), newcomer));
    scene.router.detach(near);
    scene.router.admit(newcomer);
    assertEquals(forward(newcomer, null), scene.route(toTarget(), author));
  }

  @Test
  void whoIsNotNearerThanThisNodeGetsNothing() {
    // SELF is 0x5e1f; 0x4000 is nearer to it than the relays are.
    scene.with(near, far);
    assertEquals(
        drop(DropReason.NO_ROUTE),
        scene.route(scene.transit(id(0x5e10), author.peer(), 9), author));
    assertEquals(
        drop(DropReason.NO_ROUTE), scene.route(scene.transit(id(0x5e10), author.peer(), 9), far));
  }

  @Test
  void everyHopBringsItNearerWhateverTheLinks() {
    long seed = 7;
    Random random = new Random(seed);
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      links.add(TestLink.inside(PeerId.random(random)));
    }
    scene.with(links.toArray(new Link[0]));
    for (int i = 0; i < 1_000; i++) {
      PeerId to = PeerId.random(random);
      PeerId best = SELF;
      for (Link link : links) {
        best = to.compareDistance(link.peer(), best) < 0 ? link.peer() : best;
      }
      Verdict verdict = scene.route(scene.transit(to, author.peer(), 20), author);
      Link nearest = scene.router.link(best);
      assertEquals(
          nearest == null ? drop(DropReason.NO_ROUTE) : forward(nearest, null),
          verdict,
          "seed " + seed);
    }
  }

  @Test
  void theTargetsOwnLinkIsTakenEvenIfItIsTheAuthor() {
    Link target = TestLink.binaryLeaf(TARGET);
    scene.with(near, target);
    assertEquals(forward(target, null), scene.route(toTarget(), author));
    assertEquals(forward(target, null), scene.route(toTarget(), near));
    assertEquals(
        forward(author, null),
        scene.route(scene.transit(author.peer(), author.peer(), 20), author));
  }

  @Test
  void aPointerThatIsHeldFurtherOffThanItsCopiesIsFollowedNoMore() {
    scene.with(near, next, far);
    pointTo(TARGET, far.peer());
    assertEquals(forward(far, null), scene.route(toTarget(), author), "three are nearer");
    scene.with(TestLink.inside(id(0x8003)));
    assertEquals(forward(near, null), scene.route(toTarget(), author), "they may know better");
    Transit evading = toTarget();
    evading.attempt = Attempts.EVADING;
    assertEquals(forward(far, null), scene.route(evading, author), "it may end here");
    Transit left = toTarget();
    set(left.via, SELF);
    assertEquals(forward(far, null), scene.route(left, near), "the target has said so as it left");
  }

  @Test
  void aPointerIsWrittenIntoTheDatagramOnce() {
    scene.with(near, far);
    pointTo(TARGET, far.peer());
    Transit datagram = toTarget();
    assertEquals(forward(far, null), scene.route(datagram, author));
    assertTrue(datagram.via.is(far.peer()));
    assertFalse(datagram.sentOn);
  }

  @Test
  void whatIsLocatedIsNotLocatedAnew() {
    scene.with(near, far);
    pointTo(TARGET, far.peer());
    Transit datagram = toTarget();
    set(datagram.via, near.peer());
    assertEquals(forward(near, null), scene.route(datagram, far));
    assertTrue(datagram.via.is(near.peer()));
  }

  @Test
  void aRelayThatIsNotLinkedIsApproached() {
    PeerId relay = id(0x8004);
    scene.with(near, far);
    pointTo(TARGET, relay);
    Transit datagram = toTarget();
    assertEquals(forward(near, null), scene.route(datagram, author));
    assertTrue(datagram.via.is(relay));
  }

  @Test
  void aPointerToWhereNothingLeadsIsNotFollowed() {
    scene.with(near);
    pointTo(TARGET, id(0x5e1e));
    Transit datagram = toTarget();
    assertEquals(forward(near, null), scene.route(datagram, author));
    assertTrue(datagram.via.isNone());
  }

  @Test
  void aPointerToThisNodeIsNotFollowed() {
    scene.with(near);
    pointTo(TARGET, SELF);
    Transit datagram = toTarget();
    assertEquals(forward(near, null), scene.route(datagram, author));
    assertTrue(datagram.via.isNone());
  }

  @Test
  void aPointerToALeafOrALegacyPeerIsNotFollowed() {
    Link legacy = TestLink.leaf(id(3));
    scene.with(near, legacy);
    pointTo(TARGET, legacy.peer());
    assertEquals(forward(near, null), scene.route(toTarget(), author));
    pointTo(id(0x8100), author.peer());
    assertEquals(forward(near, null), scene.route(scene.transit(id(0x8100), far.peer(), 9), far));
  }

  @Test
  void whoWasToBeHereAndIsNotIsReported() {
    scene.with(near, far);
    pointTo(TARGET, SELF);
    Transit datagram = toTarget();
    set(datagram.via, SELF);
    assertEquals(drop(DropReason.NOT_HERE), scene.route(datagram, far));
    assertFalse(datagram.sentOn);
  }

  @Test
  void whatWasToBeHereIsSentOnWhereAPointerKnowsAnother() {
    scene.with(near, far);
    pointTo(TARGET, SELF, near.peer());
    Transit datagram = toTarget();
    set(datagram.via, SELF);
    assertEquals(forward(near, null), scene.route(datagram, far));
    assertTrue(datagram.via.is(near.peer()));
    assertTrue(datagram.sentOn);
  }

  @Test
  void whatHasBeenSentOnIsNotSentOnAgain() {
    scene.with(near, far);
    pointTo(TARGET, SELF, near.peer());
    Transit datagram = toTarget();
    set(datagram.via, SELF);
    datagram.sentOn = true;
    assertEquals(drop(DropReason.NOT_HERE), scene.route(datagram, far));
    assertTrue(datagram.via.is(SELF), "the notice names it");
  }

  @Test
  void whatIsOnItsWayToAnUnreachableRelayIsSentOnAsWell() {
    scene.with(near, far);
    pointTo(TARGET, near.peer());
    Transit datagram = toTarget();
    set(datagram.via, id(0x5e1e));
    assertEquals(forward(near, null), scene.route(datagram, far));
    assertTrue(datagram.via.is(near.peer()));
    assertTrue(datagram.sentOn);
  }

  @Test
  void whereItsRelayIsGoneItGoesToWhereTheTargetsPointerIsButOnce() {
    scene.with(near, far);
    Transit datagram = toTarget();
    set(datagram.via, id(0x5e1e));
    assertEquals(forward(near, null), scene.route(datagram, far));
    assertTrue(datagram.via.isNone());
    assertTrue(datagram.sentOn);
    set(datagram.via, id(0x5e1e));
    assertEquals(drop(DropReason.NOT_HERE), scene.route(datagram, far));
  }

  @Test
  void aRelayToWhichNothingLeadsIsReportedAsWell() {
    Link farther = TestLink.inside(id(0x7fff));
    scene.with(farther);
    Transit datagram = toTarget();
    set(datagram.via, id(0x5e1e));
    assertEquals(drop(DropReason.NOT_HERE), scene.route(datagram, farther));
    assertTrue(datagram.via.is(id(0x5e1e)), "the notice names it");
  }

  @Test
  void withoutHopsLeftItEndsUnlessItIsForThisNode() {
    Link target = TestLink.binaryLeaf(TARGET);
    scene.with(near, target);
    assertEquals(
        drop(DropReason.HOP_LIMIT), scene.route(scene.transit(TARGET, near.peer(), 0), near));
    assertEquals(forward(target, null), scene.route(scene.transit(TARGET, near.peer(), 1), near));
    assertEquals(new Verdict.Deliver(), scene.route(scene.transit(SELF, near.peer(), 0), near));
  }

  @Test
  void aLeafWritesInItsOwnNameOnly() {
    scene.with(near);
    assertEquals(
        drop(DropReason.FORGED_AUTHOR), scene.route(scene.transit(TARGET, id(9), 20), author));
    assertEquals(
        drop(DropReason.FORGED_AUTHOR), scene.route(scene.transit(SELF, id(9), 20), author));
    assertEquals(forward(near, null), scene.route(scene.transit(TARGET, id(9), 19), far));
  }

  @Test
  void whatIsForThisNodeIsDeliveredOnce() {
    scene.with(near, far);
    Transit datagram = scene.transit(SELF, id(9), 18);
    assertEquals(new Verdict.Deliver(), scene.route(datagram, near));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, far));
  }

  @Test
  void copiesForOthersPassInsideSinceNoneComesRound() {
    scene.with(near, far);
    Transit datagram = scene.transit(TARGET, id(9), 18);
    assertEquals(forward(near, null), scene.route(datagram, far));
    assertEquals(forward(near, null), scene.route(datagram, far));
  }

  @Test
  void whomItsOwnLeavesWriteToIsReportedOnceUntilLocated() {
    scene.with(near, far);
    scene.route(toTarget(), author);
    scene.route(toTarget(), author);
    scene.route(scene.transit(id(0x8100), id(9), 18), far);
    assertEquals(Map.of(TARGET, 0), scene.router.takeUnlocated());
    assertEquals(Map.of(), scene.router.takeUnlocated());
    scene.route(toTarget(), author);
    assertEquals(Map.of(TARGET, 0), scene.router.takeUnlocated());
    pointTo(TARGET, far.peer());
    scene.route(toTarget(), author);
    scene.router.originate(scene.own(TARGET), 0);
    assertEquals(Map.of(), scene.router.takeUnlocated());
  }

  @Test
  void whomLegacyLeavesAndThisNodeWriteToIsReportedToo() {
    Link legacy = TestLink.leaf(id(3));
    scene.with(near, legacy);
    scene.route(scene.datagram(TARGET, legacy.peer()), legacy);
    assertEquals(Map.of(TARGET, 0), scene.router.takeUnlocated());
    scene.router.originate(scene.own(TARGET), 0);
    assertEquals(Map.of(TARGET, 0), scene.router.takeUnlocated());
    scene.router.originate(scene.own(legacy.peer()), 0);
    assertEquals(Map.of(), scene.router.takeUnlocated());
  }

  @Test
  void ownDatagramsAndLegacyOnesFollowPointersToo() {
    Link legacy = TestLink.leaf(id(3));
    scene.with(near, far, legacy);
    pointTo(TARGET, far.peer());
    Verdict located = new Verdict.Forward(far, null, far.peer());
    assertEquals(located, scene.router.originate(scene.own(TARGET), 0));
    assertEquals(located, scene.route(scene.datagram(TARGET, legacy.peer()), legacy));
  }

  @Test
  void onlyWhatWasSentCountsAsSentHoweverOftenItIsAsked() {
    scene.with(near);
    Header own = scene.own(TARGET);
    scene.router.originate(own, 0);
    assertTrue(scene.router.hasSent(own.nonce(), 0));
    assertTrue(scene.router.hasSent(own.nonce(), 0));
    for (int i = 0; i < 3; i++) {
      assertTrue(!scene.router.hasSent(own.nonce() + 1, 0), "asked for the time " + i);
    }
  }
}
