package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.relay.RouterScene.SELF;
import static org.peerrelay.relay.RouterScene.drop;
import static org.peerrelay.relay.RouterScene.id;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;

/** What neighbours tell and ask one another is not remembered, and all else is. */
class RouterRepeatableTest {
  /** What neighbours tell and ask; said here once more, so that nothing becomes so unnoticed. */
  private static final String REPEATABLE =
      "FIND_PEERS|FOUND_PEERS|POINTER|LOCATE|SWARM_PUBLISH|SWARM_NEWS|SWARM_SYNC";

  private static final Verdict DELIVER = new Verdict.Deliver();
  private static final PeerId STRANGER = id(77);

  private final Link leaf = TestLink.binaryLeaf(id(1));
  private final Link inside = TestLink.inside(id(2));
  private final Link claimed = TestLink.claimedInside(id(3));
  private final Link outside = TestLink.outside(id(4));
  private final List<Link> links = List.of(leaf, inside, claimed, outside);
  private final RouterScene scene = new RouterScene().with(leaf, inside, claimed, outside);

  private Verdict route(Transit datagram, MessageKind kind, Link ingress) {
    return scene.router.route(datagram, kind, ingress, 0);
  }

  @ParameterizedTest
  @EnumSource(names = REPEATABLE, mode = Mode.MATCH_ANY)
  void whatANeighbourTellsAndAsksIsTakenAsOftenAsItComes(MessageKind kind) {
    assertTrue(kind.isRepeatable());
    for (Link link : links) {
      Transit datagram = scene.transit(SELF, link.peer(), 20);
      for (int i = 0; i < 3; i++) {
        assertEquals(DELIVER, route(datagram, kind, link), link::toString);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = REPEATABLE, mode = Mode.MATCH_ANY)
  void whatComesFromAfarIsTakenOnce(MessageKind kind) {
    for (Link link : List.of(inside, claimed, outside)) {
      Transit datagram = scene.transit(SELF, STRANGER, 18);
      assertEquals(DELIVER, route(datagram, kind, link), link::toString);
      assertEquals(drop(DropReason.DUPLICATE), route(datagram, kind, link), link::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(names = REPEATABLE, mode = Mode.MATCH_NONE)
  void allElseIsTakenOnceFromANeighbourToo(MessageKind kind) {
    assertFalse(kind.isRepeatable());
    for (Link link : links) {
      Transit datagram = scene.transit(SELF, link.peer(), 20);
      assertEquals(DELIVER, route(datagram, kind, link), link::toString);
      assertEquals(drop(DropReason.DUPLICATE), route(datagram, kind, link), link::toString);
    }
  }

  @Test
  void theyTakeNoRoomFromWhatHasToBeRemembered() {
    Transit message = scene.transit(SELF, leaf.peer(), 20);
    assertEquals(DELIVER, scene.route(message, leaf));
    for (int i = 0; i < 10_000; i++) {
      Transit question = scene.transit(SELF, leaf.peer(), 20);
      assertEquals(DELIVER, route(question, MessageKind.FIND_PEERS, leaf));
    }
    assertEquals(drop(DropReason.DUPLICATE), scene.route(message, leaf));
  }

  @Test
  void whatThisNodeAsksANeighbourIsNotRememberedEither() {
    assertFalse(isRemembered(MessageKind.FIND_PEERS, leaf.peer()));
    assertTrue(isRemembered(MessageKind.FIND_PEERS, STRANGER));
    assertTrue(isRemembered(MessageKind.PING, leaf.peer()));
  }

  private boolean isRemembered(MessageKind kind, PeerId to) {
    Header header = new Header(to, SELF, scene.own(to).nonce(), kind, List.of());
    scene.router.originate(header, 0);
    return scene.router.hasSent(header.nonce(), 0);
  }
}
