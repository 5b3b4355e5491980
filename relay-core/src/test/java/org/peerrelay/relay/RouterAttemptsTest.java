package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.SELF;
import static org.peerrelay.relay.RouterScene.drop;
import static org.peerrelay.relay.RouterScene.forward;
import static org.peerrelay.relay.RouterScene.id;
import static org.peerrelay.relay.RouterScene.set;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;
import org.peerrelay.message.Transit;

/** The ways that datagrams take when they are sent again. */
class RouterAttemptsTest {
  private static final PeerId TARGET = id(0x8000);
  private static final Seal SEAL = new Seal(new byte[32], new byte[64]);

  private final Link author = TestLink.binaryLeaf(id(1));
  private final Link first = TestLink.inside(id(0x8001), 1);
  private final Link sameNetwork = TestLink.inside(id(0x8002), 1);
  private final Link second = TestLink.inside(id(0x8004), 2);
  private final Link third = TestLink.inside(id(0x8008), 3);
  private final Link farther = TestLink.inside(id(0x5e1e), 4);
  private final RouterScene scene =
      new RouterScene().with(author, first, sameNetwork, second, third, farther);

  private Transit attempt(int attempt) {
    Transit datagram = scene.transit(TARGET, author.peer(), 20);
    datagram.attempt = attempt;
    return datagram;
  }

  private Verdict fromAuthor(int attempt) {
    return scene.route(attempt(attempt), author);
  }

  private Verdict fromRelay(int attempt) {
    return scene.route(attempt(attempt), farther);
  }

  /** So that more than five networks are nearer than this relay. */
  private Link[] twoMoreNetworks() {
    Link[] more = {TestLink.inside(id(0x8010), 5), TestLink.inside(id(0x8020), 6)};
    scene.with(more);
    return more;
  }

  private void told(@Nullable Seal seal, PeerId... relays) {
    scene.router.pointers().tell(new Pointer(TARGET, List.of(relays), 1, 60, seal), 0);
  }

  @Test
  void eachAttemptLeavesTheFirstRelayForAnotherNetwork() {
    assertEquals(forward(first, null), fromAuthor(0));
    assertEquals(forward(second, null), fromAuthor(1));
    assertEquals(forward(third, null), fromAuthor(2));
    assertEquals(forward(farther, null), fromAuthor(4));
    assertEquals(forward(farther, null), fromAuthor(254), "the last that is nearer");
  }

  @Test
  void laterRelaysPassAllButTheEvadingOnesStraightOn() {
    for (int attempt : List.of(0, 1, 2, 4, 5, 6, 8)) {
      assertEquals(forward(first, null), fromRelay(attempt));
    }
  }

  @Test
  void anEvadingAttemptNeverEntersTheFiveNearestNetworks() {
    assertEquals(drop(DropReason.NO_ROUTE), fromAuthor(3));
    assertEquals(drop(DropReason.NO_ROUTE), fromRelay(3));
    twoMoreNetworks();
    assertEquals(forward(farther, null), fromAuthor(3));
    assertEquals(forward(farther, null), fromRelay(3));
    assertEquals(forward(farther, null), fromAuthor(7), "a sixth");
  }

  @Test
  void whereTheWayEndsAPointerIsFollowed() {
    assertTrue(
        scene
            .router
            .pointers()
            .hold(new Pointer(TARGET, List.of(first.peer()), 1, 60, SEAL), 0, 0));
    Transit datagram = attempt(3);
    assertEquals(forward(first, null), scene.route(datagram, farther));
    assertTrue(datagram.via.is(first.peer()));
  }

  @Test
  void towardsARelayItIsTheLastGroupThatIsNearer() {
    Transit datagram = attempt(3);
    set(datagram.via, id(0x8003));
    assertEquals(forward(third, null), scene.route(datagram, first));
    set(datagram.via, second.peer());
    assertEquals(forward(second, null), scene.route(datagram, first), "the relay itself");
    Transit another = attempt(1);
    set(another.via, id(0x8003));
    assertEquals(forward(second, null), scene.route(another, author));
    assertEquals(forward(sameNetwork, null), scene.route(another, first));
  }

  @Test
  void whatWasToldServesAllThatDoNotEvadeAndUnsignedOnlyTheStraightWay() {
    told(null, third.peer());
    assertEquals(forward(third, null), fromAuthor(0));
    assertEquals(forward(second, null), fromAuthor(1));
    told(SEAL, third.peer(), farther.peer());
    assertEquals(forward(third, null), fromAuthor(0));
    assertEquals(forward(farther, null), fromAuthor(1));
    assertEquals(forward(third, null), fromAuthor(2));
    assertEquals(Map.of(TARGET, 1), scene.router.takeUnlocated());
    fromAuthor(Attempts.EVADING);
    assertEquals(Map.of(TARGET, Attempts.EVADING), scene.router.takeUnlocated());
  }

  @Test
  void ownDatagramsDoTheSame() {
    Header own = scene.own(TARGET);
    assertEquals(forward(second, null), scene.router.originate(as(own, 1), 0));
    assertEquals(forward(first, null), scene.router.originate(own, 0));
    assertTrue(scene.router.hasSent(own.nonce(), 0));
    assertEquals(Map.of(TARGET, 1), scene.router.takeUnlocated());
  }

  private static Header as(Header header, int attempt) {
    return new Header(
        header.to(), header.from(), header.nonce(), header.kind(), header.path(), attempt);
  }

  @Test
  void theTargetIsGivenItOnceAndAnswersEachAttempt() {
    Transit datagram = scene.transit(SELF, id(9), 18);
    assertEquals(new Verdict.Deliver(), scene.route(datagram, first));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, first));
    datagram.attempt = 1;
    assertEquals(new Verdict.Repeated(), scene.route(datagram, second));
  }

  @Test
  void eachAttemptPassesARelayOutsideOnce() {
    Link outside = TestLink.outside(id(0x8040));
    Link target = TestLink.binaryLeaf(TARGET);
    scene.with(outside, target);
    Transit datagram = scene.transit(TARGET, id(9), 18);
    for (int attempt = 0; attempt < 3; attempt++) {
      datagram.attempt = attempt;
      assertEquals(forward(target, null), scene.route(datagram, outside));
      assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, outside));
    }
  }

  @Test
  void eachAttemptMayLeaveTheInsideOnce() {
    Link outside = TestLink.outside(id(0x8040));
    scene.with(outside);
    Transit datagram = attempt(0);
    assertEquals(forward(first, outside), scene.route(datagram, author));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, author));
    datagram.attempt = 1;
    assertEquals(forward(second, outside), scene.route(datagram, author));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, author));
  }

  @Test
  void aLegacyTargetGetsTheFirstOfAllAttempts() {
    Link target = TestLink.leaf(TARGET);
    scene.with(target);
    Transit datagram = attempt(1);
    assertEquals(forward(target, null), scene.route(datagram, author));
    for (int attempt : List.of(0, 1, 2)) {
      datagram.attempt = attempt;
      assertEquals(drop(DropReason.DUPLICATE), scene.route(datagram, author));
    }
  }

  @Test
  void aLeafMakesEachAttemptOverAnotherOfItsLinks() {
    Router leaf =
        new Router(SELF, new RouterConfig(1_000, 1_000, 100, 100, 3, false), new Random(1));
    Link near = TestLink.outside(id(0x8001));
    Link far = TestLink.outside(id(2));
    Link legacy = TestLink.relay(id(0x8002));
    List.of(near, far, legacy).forEach(leaf::attach);
    leaf.refresh();
    Header own = new Header(TARGET, SELF, 1, MessageKind.USER, List.of());
    assertEquals(forward(near, null), leaf.originate(own, 0));
    assertEquals(forward(far, null), leaf.originate(as(own, 1), 0));
    assertEquals(forward(near, null), leaf.originate(as(own, 2), 0));
    leaf.detach(near);
    leaf.detach(far);
    leaf.refresh();
    assertEquals(forward(legacy, null), leaf.originate(as(own, 3), 0), "for want of others");
  }

  @Test
  void noAttemptEverGoesFartherFromItsGoal() {
    long seed = 5;
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      scene.with(TestLink.inside(PeerId.random(random), random.nextInt(20)));
    }
    for (int i = 0; i < 5_000; i++) {
      Transit datagram = scene.transit(PeerId.random(random), author.peer(), 20);
      datagram.attempt = random.nextInt(256);
      if (random.nextBoolean()) {
        set(datagram.via, PeerId.random(random));
      }
      Link ingress = random.nextBoolean() ? author : farther;
      if (scene.route(datagram, ingress) instanceof Verdict.Forward to) {
        PeerId goal = datagram.via.isNone() ? datagram.to.toPeerId() : datagram.via.toPeerId();
        assertTrue(goal.compareDistance(to.first().peer(), SELF) < 0, "seed " + seed);
      }
    }
  }
}
