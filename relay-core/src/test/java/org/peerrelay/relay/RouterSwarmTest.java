package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;

/** What is for all members of a swarm is taken where the swarm is known, and else goes on. */
class RouterSwarmTest {
  private final Link leaf = TestLink.binaryLeaf(RouterScene.id(1));
  private final Link inside = TestLink.inside(RouterScene.id(2));
  private final RouterScene scene = new RouterScene().with(leaf, inside);

  private Verdict route(Transit datagram, MessageKind kind) {
    return scene.router.route(datagram, kind, leaf, 0);
  }

  @Test
  void aKnownSwarmIsTakenOnce() {
    scene.router.swarms().add(RouterScene.id(7));
    Transit datagram = scene.transit(RouterScene.id(7), leaf.peer(), 20);
    assertEquals(new Verdict.Deliver(), route(datagram, MessageKind.SWARM_CAST));
    assertEquals(new Verdict.Drop(DropReason.DUPLICATE), route(datagram, MessageKind.SWARM_CAST));
  }

  @Test
  void anUnknownSwarmIsNot() {
    Transit datagram = scene.transit(RouterScene.id(7), leaf.peer(), 20);
    assertNotEquals(new Verdict.Deliver(), route(datagram, MessageKind.SWARM_CAST));
  }

  @Test
  void nothingElseIsTakenForASwarm() {
    scene.router.swarms().add(RouterScene.id(7));
    Transit datagram = scene.transit(RouterScene.id(7), leaf.peer(), 20);
    assertNotEquals(new Verdict.Deliver(), route(datagram, MessageKind.USER));
  }
}
