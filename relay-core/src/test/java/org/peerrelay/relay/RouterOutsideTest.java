package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.SELF;
import static org.peerrelay.relay.RouterScene.drop;
import static org.peerrelay.relay.RouterScene.forward;
import static org.peerrelay.relay.RouterScene.id;
import static org.peerrelay.relay.RouterScene.set;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Transit;

/** Datagrams of protocol 2 to, from and among relays that not all others can dial. */
class RouterOutsideTest {
  private static final PeerId TARGET = id(0x8000);
  private static final PeerId DISTANT = id(0x7777);

  private final Link author = TestLink.binaryLeaf(id(1));
  private final Link inside = TestLink.inside(id(0x8001));
  private final Link outside = TestLink.outside(id(0x8010));
  private final Link second = TestLink.outside(id(0x8020));
  private final Link third = TestLink.outside(id(0x0040));
  private final RouterScene scene = new RouterScene().with(author);

  private Transit toTarget() {
    return scene.transit(TARGET, author.peer(), 20);
  }

  /** A datagram of a peer behind {@code relay}. */
  private Transit from(PeerId behind, Link relay) {
    Transit datagram = scene.transit(SELF, behind, 19);
    assertEquals(new Verdict.Deliver(), scene.route(datagram, relay));
    return datagram;
  }

  @Test
  void whatNobodyHereKnowsGoesInsideAndToTheNearestRelayOutside() {
    scene.with(inside, outside, third);
    assertEquals(forward(inside, outside), scene.route(toTarget(), author));
  }

  @Test
  void withoutAnyoneNearerInsideItGoesToTheTwoNearestOutside() {
    scene.with(TestLink.inside(id(0x7000)), outside, second, third);
    assertEquals(forward(outside, second), scene.route(toTarget(), author));
  }

  @Test
  void aRelayOutsideDoesNotGetBackWhatItHasSent() {
    scene.with(outside, second);
    assertEquals(forward(second, null), scene.route(scene.transit(TARGET, DISTANT, 19), outside));
    scene.router.detach(second);
    scene.router.refresh();
    assertEquals(
        drop(DropReason.NO_ROUTE), scene.route(scene.transit(TARGET, DISTANT, 19), outside));
  }

  @Test
  void onlyTheFirstCopyOfWhatComesFromOutsideGoesOn() {
    scene.with(inside, outside, second);
    Transit datagram = scene.transit(TARGET, DISTANT, 18);
    assertEquals(forward(inside, second), scene.route(datagram, outside));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, second));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, outside));
  }

  @Test
  void onlyTheFirstCopyLeavesTheInside() {
    scene.with(TestLink.inside(id(0x7000)), outside, second);
    Transit datagram = scene.transit(TARGET, DISTANT, 18);
    Link ingress = TestLink.inside(id(0x7000));
    assertEquals(forward(outside, second), scene.route(datagram, ingress));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, ingress));
  }

  @Test
  void whatComesFromOutsideShowsTheWayBack() {
    scene.with(outside, second);
    from(DISTANT, second);
    assertEquals(
        forward(second, outside), scene.route(scene.transit(DISTANT, author.peer(), 20), author));
  }

  @Test
  void whatComesFromInsideShowsNoWayBack() {
    scene.with(inside, outside);
    from(DISTANT, inside);
    assertEquals(
        forward(outside, null), scene.route(scene.transit(DISTANT, author.peer(), 20), author));
    assertEquals(List.of(), scene.router.takeDistant());
  }

  @Test
  void theWayOfTheFewestHopsIsTheWayBack() {
    scene.with(outside, second);
    Transit datagram = scene.transit(SELF, DISTANT, 10);
    assertEquals(new Verdict.Deliver(), scene.route(datagram, second));
    datagram.hopsLeft = 15;
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, outside));
    assertEquals(
        forward(outside, second), scene.route(scene.transit(DISTANT, author.peer(), 20), author));
  }

  @Test
  void whoWritesFromOutsideIsReportedOnce() {
    scene.with(outside, second);
    from(DISTANT, second);
    from(DISTANT, second);
    from(outside.peer(), outside);
    from(DISTANT, outside);
    assertEquals(List.of(DISTANT), scene.router.takeDistant());
    assertEquals(List.of(), scene.router.takeDistant());
  }

  @Test
  void whoIsAttachedHereIsNotDistant() {
    scene.with(outside);
    from(author.peer(), outside);
    assertEquals(List.of(), scene.router.takeDistant());
  }

  @Test
  void aNeighbourSaysWhoIsBehindIt() {
    scene.with(outside, second);
    scene.router.learnBehind(DISTANT, second, 0);
    assertEquals(List.of(DISTANT), scene.router.takeDistant());
    assertEquals(
        forward(second, outside), scene.route(scene.transit(DISTANT, author.peer(), 20), author));
  }

  @Test
  void whoWasToBeHereAndIsBehindARelayOutsideIsReached() {
    scene.with(inside, outside);
    scene.router.learnBehind(TARGET, outside, 0);
    Transit datagram = scene.transit(TARGET, DISTANT, 18);
    set(datagram.via, SELF);
    assertEquals(forward(outside, inside), scene.route(datagram, inside));
    assertTrue(datagram.via.isNone(), "it is not to come back here");
  }

  @Test
  void theWayBackComesBeforeSendingItOn() {
    scene.with(inside, outside);
    scene.router.learnBehind(TARGET, outside, 0);
    Pointer pointer = new Pointer(TARGET, List.of(SELF, inside.peer()), 1, 60, null);
    assertTrue(scene.router.pointers().hold(pointer, 0, 0));
    Transit datagram = scene.transit(TARGET, DISTANT, 18);
    set(datagram.via, SELF);
    assertEquals(forward(outside, inside), scene.route(datagram, inside));
    assertTrue(datagram.via.isNone());
  }

  @Test
  void aWayBackWithoutItsLinkIsNone() {
    scene.with(inside, outside);
    scene.router.learnBehind(TARGET, outside, 0);
    scene.router.detach(outside);
    scene.router.refresh();
    Transit datagram = scene.transit(TARGET, DISTANT, 18);
    set(datagram.via, SELF);
    assertEquals(drop(DropReason.NOT_HERE), scene.route(datagram, inside));
  }

  @Test
  void aPointerComesBeforeTheWayBack() {
    Link relay = TestLink.inside(id(0x7000));
    scene.with(relay, outside);
    scene.router.learnBehind(TARGET, outside, 0);
    Pointer pointer = new Pointer(TARGET, List.of(relay.peer()), 1, 60, null);
    assertTrue(scene.router.pointers().hold(pointer, 0, 0));
    Transit datagram = toTarget();
    assertEquals(forward(relay, null), scene.route(datagram, author));
    assertTrue(datagram.via.is(relay.peer()));
  }

  @Test
  void legacyTargetsGetTheFirstCopyAlone() {
    Link target = TestLink.leaf(TARGET);
    scene.with(inside, target);
    Transit datagram = scene.transit(TARGET, DISTANT, 18);
    assertEquals(forward(target, null), scene.route(datagram, inside));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, inside));
  }

  @Test
  void whatTheLegacyFormatDoesNotHaveGoesToNoLegacyPeer() {
    Link relay = TestLink.relay(id(0x8002));
    Link leaf = TestLink.leaf(id(0x8004));
    scene.with(inside, relay, leaf);
    assertEquals(forward(inside, relay), scene.route(toTarget(), author));
    for (MessageKind kind : MessageKind.values()) {
      boolean both = kind.isLegacy() || kind == MessageKind.OTHER;
      Verdict verdict = scene.router.route(toTarget(), kind, author, 0);
      assertEquals(forward(inside, both ? relay : null), verdict, kind.toString());
    }
    scene.router.detach(inside);
    scene.router.refresh();
    assertEquals(
        drop(DropReason.NO_ROUTE), scene.router.route(toTarget(), MessageKind.PING, author, 0));
    Header own = new Header(TARGET, SELF, 77_777, MessageKind.PING, List.of());
    assertEquals(drop(DropReason.NO_ROUTE), scene.router.originate(own, 0));
  }

  @Test
  void aWayBackOverALegacyLinkIsNoneForWhatThatFormatDoesNotHave() {
    Link relay = TestLink.relay(id(0x8002));
    scene.with(inside, relay);
    scene.router.learnBehind(TARGET, relay, 0);
    assertEquals(forward(relay, inside), scene.route(toTarget(), author));
    assertEquals(
        forward(inside, null), scene.router.route(toTarget(), MessageKind.PING, author, 0));
  }
}
