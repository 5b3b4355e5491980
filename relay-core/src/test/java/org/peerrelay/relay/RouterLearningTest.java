package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.SELF;
import static org.peerrelay.relay.RouterScene.drop;
import static org.peerrelay.relay.RouterScene.forward;
import static org.peerrelay.relay.RouterScene.id;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;

/** What passing datagrams show: ways back, who relays, who can be reached and how. */
class RouterLearningTest {
  private static final PeerId DISTANT = id(0b1000_0000);
  private static final Message SIGNAL = new Message.Signal("{}");

  private final Link author = TestLink.leaf(id(1));
  private final Link back = TestLink.relay(id(0b0100_0000));
  private final Link nearest = TestLink.relay(id(0b1000_0001));
  private final RouterScene scene = new RouterScene().with(author, back, nearest);

  private Verdict toDistant() {
    return scene.route(scene.datagram(DISTANT, author.peer()), author);
  }

  private void distantWritesOver(Link neighbour) {
    scene.route(scene.datagram(SELF, DISTANT, neighbour.peer()), neighbour);
  }

  @Test
  void anAnswerGoesTheWayBackAndToTheNearest() {
    distantWritesOver(back);

    assertEquals(forward(back, nearest), toDistant());
  }

  @Test
  void withoutAWayBackItGoesToTheTwoNearest() {
    assertEquals(forward(nearest, back), toDistant());
  }

  @Test
  void theLatestWayBackCounts() {
    distantWritesOver(back);
    distantWritesOver(nearest);

    assertEquals(forward(nearest, back), toDistant());
  }

  @Test
  void aWayBackOverMoreNodesDoesNotReplaceAShorterOne() {
    distantWritesOver(back);
    scene.route(scene.datagram(SELF, DISTANT, back.peer(), nearest.peer()), nearest);

    assertEquals(forward(back, nearest), toDistant());
  }

  @Test
  void theShorterWayOfALaterCopyCounts() {
    Header first = scene.datagram(SELF, DISTANT, back.peer(), nearest.peer());
    scene.route(first, nearest);
    Header copy =
        new Header(SELF, DISTANT, first.nonce(), first.kind(), List.of(DISTANT, back.peer()));
    scene.route(copy, back);

    assertEquals(forward(back, nearest), toDistant());
  }

  @Test
  void aWayBackMayLeadOverALeaf() {
    Link leaf = TestLink.leaf(id(2));
    scene.with(leaf);
    distantWritesOver(leaf);

    assertEquals(forward(leaf, nearest), toDistant());
  }

  @Test
  void theWayBackOfADatagramThatWasOnlyForwardedIsLearnedToo() {
    scene.route(scene.datagram(author.peer(), DISTANT, back.peer()), back);

    assertEquals(forward(back, nearest), toDistant());
  }

  @Test
  void aWayBackIsNotTakenOnceItsLinkIsGone() {
    distantWritesOver(back);
    scene.router.detach(back);
    scene.router.refresh();

    assertEquals(forward(nearest, null), toDistant());
  }

  @Test
  void aWayBackIsNotTakenBeforeTheTableIsRefreshedEither() {
    Link leaf = TestLink.leaf(id(2));
    scene.with(leaf);
    distantWritesOver(leaf);
    scene.router.detach(leaf);

    assertEquals(forward(nearest, back), toDistant());
  }

  @Test
  void aWayBackThatIsOnThePathIsNotTaken() {
    distantWritesOver(back);

    assertEquals(
        forward(nearest, author), scene.route(scene.datagram(DISTANT, id(77), back.peer()), back));
  }

  @Test
  void ourOwnDatagramGoesTheWayBackToo() {
    distantWritesOver(back);

    assertEquals(forward(back, nearest), scene.router.originate(scene.own(DISTANT), 0));
  }

  @Test
  void anAttachedPeerIsReachedOverItsLinkWhoeverClaimsToRelayForIt() {
    scene.route(scene.datagram(SELF, author.peer(), back.peer()), back);

    assertEquals(
        forward(author, null), scene.route(scene.datagram(author.peer(), nearest.peer()), nearest));
  }

  @Test
  void aDroppedDatagramTeachesNothing() {
    scene.route(scene.travelled(id(3), 20, back.peer()), back);
    Header looped = scene.datagram(DISTANT, DISTANT, SELF, back.peer());
    scene.route(looped, back);

    assertEquals(forward(nearest, back), toDistant());
  }

  @Test
  void whoPassesOnAnothersDatagramIsARelayFromTheNextRefreshOn() {
    Link leaf = TestLink.leaf(id(0b1000_0011));
    scene.with(leaf);
    scene.route(scene.datagram(SELF, id(77), leaf.peer()), leaf);

    assertTrue(leaf.relays());
    assertEquals(forward(nearest, back), toDistant());
    scene.router.refresh();
    assertEquals(forward(nearest, leaf), toDistant());
  }

  @Test
  void whoWritesHimselfIsNoRelayForThat() {
    scene.route(scene.datagram(SELF, author.peer()), author);

    assertFalse(author.relays());
  }

  @Test
  void aSignalToAPeerWithoutWebRtcIsDropped() {
    assertEquals(drop(DropReason.NO_WEBRTC), scene.says(back, author.peer(), SIGNAL));
  }

  @Test
  void ourOwnSignalToAPeerWithoutWebRtcIsDropped() {
    Header signal = new Header(author.peer(), SELF, 1, MessageKind.SIGNAL, List.of());

    assertEquals(drop(DropReason.NO_WEBRTC), scene.router.originate(signal, 0));
  }

  @Test
  void aSignalToAPeerThatAnsweredWithWebRtcGoesToIt() {
    scene.says(author, id(77), new Message.HandshakeAnswer(null, true));

    assertEquals(forward(author, null), scene.says(back, author.peer(), SIGNAL));
  }

  @Test
  void aSignalToAPeerThatSignalsItselfGoesToIt() {
    scene.says(author, id(77), SIGNAL);

    assertEquals(forward(author, null), scene.says(back, author.peer(), SIGNAL));
  }

  @Test
  void aPeerThatAnsweredWithoutWebRtcStillGetsNoSignal() {
    scene.says(author, id(77), new Message.HandshakeAnswer("ws://localhost", false));

    assertEquals(drop(DropReason.NO_WEBRTC), scene.says(back, author.peer(), SIGNAL));
  }

  @Test
  void aRelayedAnswerShowsNothingOfTheRelay() {
    Message answer = new Message.HandshakeAnswer(null, true);
    Header relayed =
        new Header(
            SELF, DISTANT, 1_000, MessageKind.HANDSHAKE_ANSWER, List.of(DISTANT, author.peer()));
    scene.router.route(relayed, answer, author, 0);

    assertFalse(author.webRtc());
  }

  @Test
  void aSignalToAStrangerIsForwarded() {
    assertEquals(forward(nearest, back), scene.says(author, DISTANT, SIGNAL));
  }

  @Test
  void aLeafThatHasSaidThatItCannotBeReachedIsNotRecommended() {
    Link other = TestLink.leaf(id(2));
    scene.with(other);
    assertEquals(List.of(author, other), scene.router.nearestConnectableLeaves(id(1), 20));

    scene.says(author, SELF, new Message.HandshakeAnswer(null, false));
    scene.router.refresh();

    assertEquals(List.of(other), scene.router.nearestConnectableLeaves(id(1), 20));
  }
}
