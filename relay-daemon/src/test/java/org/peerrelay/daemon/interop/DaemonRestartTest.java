package org.peerrelay.daemon.interop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.id.Identity;
import org.peerrelay.message.Payload;

/**
 * A daemon that goes away and comes back at the same port. Our peers come back too; npm peers dial
 * their bootstrap URLs once only.
 */
@NeedsNpm
final class DaemonRestartTest {
  private static final Duration TRY = Duration.ofMillis(500);

  @Test
  void ourPeersComeBackToADaemonThatKeepsItsId() {
    Identity identity = Identity.generate(new SecureRandom());
    returnTo(identity, identity);
  }

  @Test
  void ourPeersComeBackToADaemonWithAnotherId() {
    SecureRandom random = new SecureRandom();
    returnTo(Identity.generate(random), Identity.generate(random));
  }

  private static void returnTo(Identity before, Identity after) {
    JavaPeer first = JavaPeer.start(at(0).identity(before));
    int port = first.port();
    try (JavaPeer leaf = JavaPeer.start(Impatient.leaf(), first.url());
        JavaPeer second = JavaPeer.start(Impatient.daemon(), first.url());
        NpmHost host = NpmHost.start()) {
      first.awaitLinked(leaf.id());
      first.awaitLinked(second.id());
      NpmPeer stays = host.open("stays", second.url());
      stays.awaitAccepted(second.id());
      new Circle().with(first, leaf, second).with(stays).talk();

      first.close();
      leaf.awaitUnlinked(before.id().hex());
      second.awaitUnlinked(before.id().hex());
      try (JavaPeer again = JavaPeer.start(at(port).identity(after))) {
        again.awaitLinked(leaf.id());
        again.awaitLinked(second.id());
        NpmPeer comes = host.open("comes", again.url());
        comes.awaitAccepted(again.id());
        awaitWay(again, stays);
        awaitWay(second, comes);
        new Circle().with(again, leaf, second).with(stays, comes).talk();
      }
    }
  }

  /**
   * A daemon gives another that came in its place when it has dialed back, and not before; either
   * of the two does so by itself.
   */
  private static void awaitWay(JavaPeer from, NpmPeer to) {
    do {
      from.send(to.id(), Payload.json("\"a way?\""));
    } while (!to.hears(message -> "\"a way?\"".equals(message.payload().json()), TRY));
  }

  private static PeerBuilder at(int port) {
    return Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }
}
