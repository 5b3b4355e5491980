package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.id.Identity;
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
  void anNpmPeerConnectsToAJavaPeerAndEitherEndsIt() {
    try (JavaPeer java = JavaPeer.daemon(daemon.url())) {
      daemon.awaitLinked(java.id());
      NpmPeer alice = host.open("alice", daemon.url());
      // It does so itself once the daemon has told it of the other.
      awaitLink(java, alice);
      eitherEndsItAndTheNpmPeerConnectsAgain(java, alice);
    }
  }

  /** Of two offers an npm peer answers none to a larger id. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJavaPeerConnectsToAnNpmPeerWithoutUrlThatDialsItThen(boolean larger) throws Exception {
    NpmPeer alice = host.open("alice", daemon.url());
    alice.awaitAccepted(daemon.id());
    PeerBuilder builder =
        Peer.builder()
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .identity(identity(PeerId.ofHex(alice.id()), larger));
    try (JavaPeer java = JavaPeer.start(builder, daemon.url())) {
      java.awaitLinked(daemon.id());
      java.peer().connect(PeerId.ofHex(alice.id())).get(10, TimeUnit.SECONDS);
      awaitLink(java, alice);
      eitherEndsItAndTheNpmPeerConnectsAgain(java, alice);
    }
  }

  private static Identity identity(PeerId other, boolean larger) {
    SecureRandom random = new SecureRandom();
    Identity identity = Identity.generate(random);
    while (identity.id().compareTo(other) > 0 != larger) {
      identity = Identity.generate(random);
    }
    return identity;
  }

  private void eitherEndsItAndTheNpmPeerConnectsAgain(JavaPeer java, NpmPeer npm) {
    Circle circle = new Circle().with(java, daemon).with(npm);
    circle.talk();
    java.peer().disconnect(PeerId.ofHex(npm.id()));
    awaitNoLink(java, npm);
    circle.talk();
    npm.connect(java.id());
    awaitLink(java, npm);
    circle.talk();
    npm.disconnect(java.id());
    awaitNoLink(java, npm);
    circle.talk();
    npm.connect(java.id());
    awaitLink(java, npm);
    circle.talk();
  }

  private static void awaitLink(JavaPeer java, NpmPeer npm) {
    npm.awaitAccepted(java.id());
    java.awaitLinked(npm.id());
  }

  private static void awaitNoLink(JavaPeer java, NpmPeer npm) {
    java.awaitUnlinked(npm.id());
    npm.awaitClosed(java.id());
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
