package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peerrelay.relay.RouterScene.SELF;
import static org.peerrelay.relay.RouterScene.drop;
import static org.peerrelay.relay.RouterScene.forward;
import static org.peerrelay.relay.RouterScene.id;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;

/** Which datagrams end here because of where they have been. */
class RouterPathRulesTest {
  private static final PeerId AUTHOR = id(1);
  private static final PeerId STRANGER = id(99);

  private final Link author = TestLink.leaf(AUTHOR);
  private final Link relay = TestLink.relay(id(2));
  private final Link target = TestLink.leaf(id(3));
  private final RouterScene scene = new RouterScene().with(author, relay, target);

  @Test
  void aDatagramForThisNodeIsDelivered() {
    assertEquals(new Verdict.Deliver(), scene.route(scene.datagram(SELF, AUTHOR), author));
  }

  @Test
  void anEmptyPathIsForged() {
    Header header = new Header(SELF, AUTHOR, 1, MessageKind.USER, List.of());

    assertEquals(drop(DropReason.FORGED_PATH), scene.route(header, author));
  }

  @Test
  void aPathThatBeginsWithAnotherThanTheAuthorIsForged() {
    Header header = new Header(SELF, STRANGER, 1, MessageKind.USER, List.of(AUTHOR));

    assertEquals(drop(DropReason.FORGED_PATH), scene.route(header, author));
  }

  @Test
  void aPathThatEndsWithAnotherThanTheNeighbourIsForged() {
    assertEquals(drop(DropReason.FORGED_PATH), scene.route(scene.datagram(SELF, STRANGER), author));
    assertEquals(
        drop(DropReason.FORGED_PATH),
        scene.route(scene.datagram(SELF, AUTHOR, relay.peer(), STRANGER), relay));
  }

  @Test
  void aForgedDatagramDoesNotStandInTheWayOfTheTrueOne() {
    Header header = scene.datagram(SELF, AUTHOR);

    assertEquals(drop(DropReason.FORGED_PATH), scene.route(header, relay));
    assertEquals(new Verdict.Deliver(), scene.route(header, author));
  }

  @Test
  void aDatagramThatHasMetNineteenNodesGoesOn() {
    assertEquals(
        forward(target, null),
        scene.route(scene.travelled(target.peer(), 19, relay.peer()), relay));
  }

  @Test
  void aDatagramThatHasMetTwentyNodesGoesNoFurther() {
    assertEquals(
        drop(DropReason.HOP_LIMIT),
        scene.route(scene.travelled(target.peer(), 20, relay.peer()), relay));
  }

  @Test
  void aDatagramThatHasMetTwentyNodesIsDeliveredIfThisIsItsTarget() {
    assertEquals(
        new Verdict.Deliver(), scene.route(scene.travelled(SELF, 20, relay.peer()), relay));
  }

  @Test
  void aDatagramThatHasBeenHereLoops() {
    assertEquals(
        drop(DropReason.LOOP),
        scene.route(scene.datagram(target.peer(), AUTHOR, SELF, relay.peer()), relay));
  }

  @Test
  void aDatagramForThisNodeThatHasBeenHereLoops() {
    assertEquals(
        drop(DropReason.LOOP),
        scene.route(scene.datagram(SELF, AUTHOR, SELF, relay.peer()), relay));
  }

  @Test
  void ourOwnDatagramDoesNotComeBackIn() {
    assertEquals(
        drop(DropReason.LOOP), scene.route(scene.datagram(AUTHOR, SELF, relay.peer()), relay));
  }

  @Test
  void aDatagramThatHasBeenAtItsTargetLoops() {
    assertEquals(
        drop(DropReason.LOOP),
        scene.route(scene.datagram(target.peer(), AUTHOR, target.peer(), relay.peer()), relay));
  }

  @Test
  void aDatagramToItsOwnAuthorLoops() {
    assertEquals(drop(DropReason.LOOP), scene.route(scene.datagram(AUTHOR, AUTHOR), author));
  }

  @Test
  void aSecondCopyIsADuplicate() {
    Header header = scene.datagram(target.peer(), AUTHOR);

    assertEquals(forward(target, null), scene.route(header, author));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(header, author));
  }

  @Test
  void aSecondCopyByAnotherWayIsADuplicate() {
    Header straight = scene.datagram(SELF, AUTHOR);
    Header detour =
        new Header(SELF, AUTHOR, straight.nonce(), MessageKind.USER, List.of(AUTHOR, relay.peer()));

    assertEquals(new Verdict.Deliver(), scene.route(straight, author));
    assertEquals(drop(DropReason.DUPLICATE), scene.route(detour, relay));
  }

  @Test
  void theSameNonceOfAnotherAuthorIsNoDuplicate() {
    Header one = new Header(SELF, AUTHOR, 7, MessageKind.USER, List.of(AUTHOR));
    Header other = new Header(SELF, relay.peer(), 7, MessageKind.USER, List.of(relay.peer()));

    assertEquals(new Verdict.Deliver(), scene.route(one, author));
    assertEquals(new Verdict.Deliver(), scene.route(other, relay));
  }

  @Test
  void aDatagramThatCouldNotGoOnIsNotTriedAgain() {
    Router lonely = new RouterScene().with(author).router;
    Header header = scene.datagram(STRANGER, AUTHOR);

    assertEquals(drop(DropReason.NO_ROUTE), lonely.route(header, null, author, 0));
    assertEquals(drop(DropReason.DUPLICATE), lonely.route(header, null, author, 0));
  }

  @Test
  void theLongestMemoryEndsAfterTwoLifetimes() {
    Header header = scene.datagram(SELF, AUTHOR);
    long later = 2 * RouterScene.LIFETIME_NS;

    assertEquals(new Verdict.Deliver(), scene.router.route(header, null, author, 0));
    assertEquals(new Verdict.Deliver(), scene.router.route(header, null, author, later));
  }

  @Test
  void ourOwnDatagramToOurselvesIsDelivered() {
    assertEquals(new Verdict.Deliver(), scene.router.originate(scene.own(SELF), 0));
  }
}
