package org.peerrelay;

import java.io.IOException;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.transport.TestPeer;

/** Peers that come to another relay, and relays that go: pointers follow. */
class PeerMovesTest {
  private RelayMesh mesh;
  private TestPeer asker;

  @BeforeEach
  void start() throws IOException {
    mesh = RelayMesh.of(6);
    asker = mesh.leaf(1);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  private TestPeer comesTo(int relay, Identity identity) throws IOException {
    TestPeer leaf =
        mesh.opened(
            TestPeer.of(builder -> builder.identity(identity).bootstrap(mesh.relay(relay).url())));
    leaf.awaitLink(mesh.relay(relay));
    return leaf;
  }

  @Test
  void aLeafThatMovesIsFoundAgainEachTime() throws IOException {
    Identity identity = Identity.generate(new SecureRandom());
    for (int relay = 2; relay < 6; relay++) {
      try (TestPeer leaf = comesTo(relay, identity)) {
        asker.awaitReached(leaf);
        asker.assertReaches(leaf);
        leaf.assertReaches(asker);
      }
      mesh.relay(relay).awaitLost(identity.id());
    }
  }

  @Test
  void aLeafThatMovesWhileItsOldRelayStillHasItsLinkIsFound() throws IOException {
    TestPeer both = mesh.leaf(2, 3);
    asker.awaitReached(both);
    both.peer().disconnect(mesh.relay(2).id());
    mesh.relay(2).awaitLost(both.id());
    asker.awaitReached(both);
    asker.assertReaches(both);
  }

  @Test
  void leavesOfARelayThatClosesAreFoundAtTheirOther() throws IOException {
    for (int closing = 5; closing > 2; closing--) {
      TestPeer leaf = mesh.leaf(closing, 0);
      TestPeer other = mesh.leaf(0, closing);
      asker.awaitReached(leaf);
      asker.awaitReached(other);
      mesh.relay(closing).close();
      mesh.relay(1).awaitLost(mesh.relay(closing).id());
      asker.awaitReached(leaf);
      asker.awaitReached(other);
      leaf.assertReaches(asker);
      other.assertReaches(leaf);
    }
  }
}
