package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.transport.TestPeer;

/** A leaf finds the relays that it wants links with, and no more. */
class PeerLeafLinksTest {
  private static final int WANTED = 4;

  private static TestPeer leaf(RelayMesh mesh, int... bootstraps) throws IOException {
    return mesh.opened(
        TestPeer.of(
            builder -> {
              for (int bootstrap : bootstraps) {
                builder.bootstrap(mesh.relay(bootstrap).url());
              }
              return builder.dialPrivate(true);
            }));
  }

  @Test
  void aLeafOfOneOrThreeBootstrapsMakesFourLinks() throws IOException {
    try (RelayMesh mesh = RelayMesh.of(8)) {
      TestPeer one = leaf(mesh, 0);
      TestPeer three = leaf(mesh, 1, 2, 3);
      one.awaitLinks(WANTED);
      three.awaitLinks(WANTED);
      one.awaitReached(three);
      assertEquals(WANTED, one.linksMade());
      assertEquals(WANTED, three.linksMade());
    }
  }

  @Test
  void aFifthThatTheApplicationAsksForTakesThePlaceOfAnother() throws IOException {
    try (RelayMesh mesh = RelayMesh.of(8)) {
      TestPeer asker = mesh.leaf(7);
      TestPeer leaf = leaf(mesh, 0);
      leaf.awaitLinks(WANTED);
      asker.awaitReached(leaf);
      Set<PeerId> before = leaf.linked();
      TestPeer wanted =
          mesh.relays.stream()
              .filter(relay -> !before.contains(relay.id()))
              .findAny()
              .orElseThrow();
      leaf.peer().connect(wanted.id()).join();
      leaf.awaitLink(wanted);
      leaf.awaitLinks(WANTED);
      assertTrue(leaf.linked().contains(mesh.relay(0).id()), "the bootstrap");
      assertEquals(1, leaf.peer().counters().closed().get(CloseReason.SURPLUS));
      asker.awaitReached(leaf);
    }
  }

  @Test
  void whereThereIsOneRelayOneLinkIsEnough() throws IOException {
    try (RelayMesh mesh = RelayMesh.of(1)) {
      TestPeer leaf = leaf(mesh, 0);
      TestPeer other = leaf(mesh, 0);
      leaf.awaitLinks(1);
      other.awaitReached(leaf);
      assertEquals(1, leaf.linksMade());
    }
  }
}
