package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.drop;
import static org.peerrelay.relay.RouterScene.forward;
import static org.peerrelay.relay.RouterScene.id;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;

/** To which links a datagram goes, and how links that come and go change that. */
class RouterForwardingTest {
  private static final PeerId TARGET = id(0b1000_0000);
  private static final PeerId DEADLY_TO_NPM =
      PeerId.ofBytes("propertyIsEnumerable".getBytes(StandardCharsets.US_ASCII));

  private final Link author = TestLink.leaf(id(1));
  private final RouterScene scene = new RouterScene().with(author);

  private Verdict toTarget() {
    return scene.route(scene.datagram(TARGET, author.peer()), author);
  }

  @Test
  void anAttachedTargetGetsItOverItsOwnLinkAlone() {
    Link target = TestLink.leaf(TARGET);
    scene.with(target, TestLink.relay(id(0b1000_0001)), TestLink.relay(id(0b1000_0010)));

    assertEquals(forward(target, null), toTarget());
  }

  @Test
  void anAttachedTargetIsReachedBeforeTheTableKnowsOfIt() {
    Link target = TestLink.leaf(TARGET);
    scene.with(TestLink.relay(id(2))).router.attach(target);

    assertEquals(forward(target, null), toTarget());
  }

  @Test
  void eachOfAThousandAttachedTargetsIsReached() {
    for (int i = 0; i < 1_000; i++) {
      scene.router.attach(TestLink.leaf(id(1_000 + i)));
    }
    scene.router.refresh();
    for (int i = 0; i < 1_000; i++) {
      PeerId to = id(1_000 + i);
      Link target = scene.router.link(to);
      assertEquals(new Verdict.Forward(target == null ? author : target, null, null), sentTo(to));
      assertEquals(to, target == null ? null : target.peer());
    }
  }

  private Verdict sentTo(PeerId to) {
    return scene.route(scene.datagram(to, author.peer()), author);
  }

  @Test
  void aStrangerIsSoughtAtTheTwoNearestRelays() {
    Link near = TestLink.relay(id(0b1000_0001));
    Link next = TestLink.relay(id(0b1000_0010));
    Link far = TestLink.relay(id(0b0111_1111));
    scene.with(far, next, near);

    assertEquals(forward(near, next), toTarget());
  }

  @Test
  void relaysComeBeforeLeavesWhateverTheirDistance() {
    Link farRelay = TestLink.relay(id(0b0111_1111));
    Link nearLeaf = TestLink.leaf(id(0b1000_0001));
    scene.with(nearLeaf, farRelay);

    assertEquals(forward(farRelay, nearLeaf), toTarget());
  }

  @Test
  void aStrangerIsSoughtAtTheTwoNearestLeavesWhereThereIsNoRelay() {
    Link near = TestLink.leaf(id(0b1000_0001));
    Link next = TestLink.leaf(id(0b1000_0010));
    scene.with(TestLink.leaf(id(0b0111_1111)), next, near);

    assertEquals(forward(near, next), toTarget());
  }

  @Test
  void oneLinkIsEnoughToGoOn() {
    Link only = TestLink.leaf(id(2));
    scene.with(only);

    assertEquals(forward(only, null), toTarget());
  }

  @Test
  void nothingGoesBackToTheLinkItCameFrom() {
    assertEquals(drop(DropReason.NO_ROUTE), toTarget());
  }

  @Test
  void nothingGoesToALinkOnItsPath() {
    Link onPath = TestLink.relay(id(0b1000_0001));
    Link ingress = TestLink.relay(id(0b1000_0010));
    Link free = TestLink.relay(id(0b0111_1111));
    scene.with(onPath, ingress, free);

    assertEquals(
        forward(free, null),
        scene.route(scene.datagram(TARGET, author.peer(), onPath.peer(), ingress.peer()), ingress));
  }

  @Test
  void ourOwnDatagramGoesToTheTwoNearestAsWell() {
    Link near = TestLink.relay(id(0b1000_0001));
    Link next = TestLink.relay(id(0b1000_0010));
    scene.with(next, near);

    assertEquals(forward(near, next), scene.router.originate(scene.own(TARGET), 0));
  }

  @Test
  void ourOwnDatagramToAnAttachedPeerGoesOverItsLinkAlone() {
    scene.with(TestLink.relay(id(2)));

    assertEquals(forward(author, null), scene.router.originate(scene.own(author.peer()), 0));
  }

  @Test
  void withoutAnyLinkThereIsNoRoute() {
    RouterScene lonely = new RouterScene();

    assertEquals(drop(DropReason.NO_ROUTE), lonely.router.originate(lonely.own(TARGET), 0));
  }

  @Test
  void aDetachedLinkIsNoTargetAnyMore() {
    Link target = TestLink.leaf(TARGET);
    scene.with(target).router.detach(target);
    scene.router.refresh();

    assertEquals(drop(DropReason.NO_ROUTE), toTarget());
    assertNull(scene.router.link(TARGET));
  }

  @Test
  void theFirstLinkIsUsedAtOnce() {
    RouterScene fresh = new RouterScene();
    fresh.router.attach(author);

    assertEquals(forward(author, null), fresh.router.originate(fresh.own(TARGET), 0));
  }

  @Test
  void aNewLinkAmongFewIsUsedAtOnce() {
    Link relay = TestLink.relay(id(2));
    scene.router.attach(relay);

    assertEquals(forward(relay, null), toTarget());
  }

  @Test
  void aNewLinkAmongManyIsUsedForStrangersAfterTheRefresh() {
    Link known = TestLink.relay(id(2));
    scene.with(known);
    for (int i = 0; i < 100; i++) {
      scene.router.attach(TestLink.leaf(id(0b1_0000_0000 + i)));
    }
    scene.router.refresh();
    Link relay = TestLink.relay(id(0b1000_0001));
    scene.router.attach(relay);
    assertEquals(known, firstOf(toTarget()));

    scene.router.refresh();

    assertEquals(forward(relay, known), toTarget());
  }

  private static Link firstOf(Verdict verdict) {
    return ((Verdict.Forward) verdict).first();
  }

  @Test
  void anIdThatEndsNpmPeersIsNoTarget() {
    scene.with(TestLink.leaf(DEADLY_TO_NPM), TestLink.relay(id(2)));

    assertEquals(drop(DropReason.NO_ROUTE), sentTo(DEADLY_TO_NPM));
    assertEquals(drop(DropReason.NO_ROUTE), scene.router.originate(scene.own(DEADLY_TO_NPM), 0));
  }

  @Test
  void anIdThatEndsNpmPeersIsNoAuthorOfWhatTheyGet() {
    Link target = TestLink.leaf(TARGET);
    Link relay = TestLink.relay(id(2));
    scene.with(target, relay);

    assertEquals(
        drop(DropReason.NO_ROUTE),
        scene.route(scene.datagram(TARGET, DEADLY_TO_NPM, relay.peer()), relay));
  }

  @Test
  void aRouterIsConnectedWhileItHasLinks() {
    Router router = new RouterScene().router;
    assertFalse(router.isConnected());

    router.attach(author);
    assertTrue(router.isConnected());

    router.detach(author);
    assertFalse(router.isConnected());
  }

  @Test
  void detachingALinkThatWasReplacedLeavesTheNewOne() {
    Link old = TestLink.leaf(TARGET);
    Link replacement = TestLink.leaf(TARGET);
    scene.with(old, replacement).router.detach(old);

    assertSame(replacement, scene.router.link(TARGET));
    assertEquals(forward(replacement, null), toTarget());
  }

  @Test
  void theLinksAreThoseThatAreAttached() {
    Link other = TestLink.relay(id(2));
    scene.with(other);

    assertEquals(Set.of(author, other), Set.copyOf(scene.router.links()));
  }

  @Test
  void theNearestRelaysAreToldInTheirOrder() {
    Link near = TestLink.relay(id(0b1000_0001));
    Link next = TestLink.relay(id(0b1000_0010));
    Link far = TestLink.relay(id(0b0111_1111));
    scene.with(far, near, next, TestLink.leaf(TARGET));

    assertEquals(List.of(near, next), scene.router.nearestRelays(TARGET, 2));
    assertEquals(List.of(near, next, far), scene.router.nearestRelays(TARGET, 20));
  }
}
