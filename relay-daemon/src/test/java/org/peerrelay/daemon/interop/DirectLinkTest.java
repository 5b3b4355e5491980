package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.id.PeerId;

/** Peers that meet through a daemon and link directly. */
@NeedsNpm
final class DirectLinkTest {
  private final JavaPeer daemon = JavaPeer.daemon();
  private final NpmHost host = NpmHost.start();

  @AfterEach
  void close() {
    host.close();
    daemon.close();
  }

  @Test
  void npmPeersThatListenLinkDirectlyAndTalkOnWhenTheDaemonIsGone() {
    NpmPeer alice = listen("alice");
    NpmPeer bob = listen("bob");
    NpmPeer carol = listen("carol");
    NpmPeer leaf = host.open("leaf", daemon.url());
    bob.awaitPeer(alice.id());
    alice.awaitPeer(bob.id());
    for (NpmPeer earlier : List.of(alice, bob)) {
      carol.awaitPeer(earlier.id());
      earlier.awaitPeer(carol.id());
      leaf.awaitPeer(earlier.id());
      earlier.awaitPeer(leaf.id());
    }
    carol.awaitPeer(leaf.id());
    Circle circle = new Circle().with(alice, bob, carol, leaf);
    circle.talk();
    daemon.close();
    for (NpmPeer peer : List.of(alice, bob, carol, leaf)) {
      peer.awaitClosed(daemon.id());
    }
    circle.talk();
  }

  @Test
  void aJavaPeerConnectsToAnNpmPeerAndDisconnectsAndConnectsAgain() throws Exception {
    NpmPeer alice = listen("alice");
    try (JavaPeer java = JavaPeer.start(Peer.builder().dialPrivate(true), daemon.url())) {
      java.awaitLinked(daemon.id());
      Circle circle = new Circle().with(java).with(alice);
      for (int i = 0; i < 3; i++) {
        java.peer().connect(PeerId.ofHex(alice.id())).get(10, TimeUnit.SECONDS);
        alice.awaitPeer(java.id());
        assertEquals(List.of(true, true), linked(java, daemon.id(), alice.id()));
        circle.talk();
        java.peer().disconnect(PeerId.ofHex(alice.id()));
        java.awaitUnlinked(alice.id());
        alice.awaitClosed(java.id());
        circle.talk();
      }
    }
  }

  @Test
  void anNpmPeerThatConnectsToAJavaLeafGetsNoLinkAndStillTalks() {
    NpmPeer alice = host.open("alice", daemon.url());
    alice.awaitAccepted(daemon.id());
    try (JavaPeer java = JavaPeer.leaf(daemon.url())) {
      daemon.awaitLinked(java.id());
      alice.connect(java.id());
      new Circle().with(java).with(alice).talk();
      assertEquals(List.of(daemon.id()), alice.peers());
    }
  }

  private NpmPeer listen(String name) {
    NpmPeer peer = host.listen(name, daemon.url());
    peer.awaitAccepted(daemon.id());
    return peer;
  }

  private static List<Boolean> linked(JavaPeer peer, String... ids) {
    return List.of(ids).stream().map(peer::isLinked).toList();
  }
}
