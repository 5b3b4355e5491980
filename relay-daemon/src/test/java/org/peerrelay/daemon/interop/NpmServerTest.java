package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;

/** Daemons of ours and npm servers linked with each other. */
@NeedsNpm
final class NpmServerTest {
  @Test
  void leavesOfADaemonAndOfTheNpmServerThatItDialsAllTalk() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      try (JavaPeer daemon = JavaPeer.daemon(server.url())) {
        daemon.awaitLinked(server.id());
        bothSidesTalk(host, server, daemon);
      }
    }
  }

  @Test
  void leavesOfADaemonAndOfTheNpmServerThatDialsItAllTalk() {
    try (JavaPeer daemon = JavaPeer.daemon();
        NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server", daemon.url());
      server.awaitAccepted(daemon.id());
      bothSidesTalk(host, server, daemon);
    }
  }

  private static void bothSidesTalk(NpmHost host, NpmPeer server, JavaPeer daemon) {
    try (JavaPeer beyondServer = JavaPeer.leaf(server.url());
        JavaPeer atDaemon = JavaPeer.leaf(daemon.url())) {
      server.awaitPeer(beyondServer.id());
      daemon.awaitLinked(atDaemon.id());
      NpmPeer[] leaves = {
        host.open("1 at the server", server.url()),
        host.open("2 at the server", server.url()),
        host.open("1 at the daemon", daemon.url()),
        host.open("2 at the daemon", daemon.url())
      };
      for (NpmPeer leaf : leaves) {
        // Whichever it was told of first, it hears of the other and links with that too.
        leaf.awaitAccepted(server.id());
        leaf.awaitAccepted(daemon.id());
      }
      new Circle().with(server).with(leaves).with(daemon, beyondServer, atDaemon).talk();
    }
  }

  @RepeatedTest(3)
  void aDaemonAndAnNpmServerThatDialEachOtherKeepOneLink() {
    try (NpmHost host = NpmHost.start()) {
      int port = freePort(host);
      try (JavaPeer daemon =
          JavaPeer.start(Impatient.daemon(), "ws://127.0.0.1:" + port, "ws://localhost:" + port)) {
        NpmPeer server = host.listenOn(port, "server", daemon.url());
        server.awaitAccepted(daemon.id());
        oneLinkStays(host, server, daemon);
      }
    }
  }

  @RepeatedTest(3)
  void aDaemonWithTwoUrlsOfOneNpmServerKeepsOneLink() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      int port = URI.create(server.url()).getPort();
      try (JavaPeer daemon =
          JavaPeer.start(Impatient.daemon(), "ws://127.0.0.1:" + port, "ws://localhost:" + port)) {
        server.awaitPeer(daemon.id());
        oneLinkStays(host, server, daemon);
      }
    }
  }

  private static void oneLinkStays(NpmHost host, NpmPeer server, JavaPeer daemon) {
    NpmPeer atServer = host.open("at the server", server.url());
    NpmPeer atDaemon = host.open("at the daemon", daemon.url());
    for (NpmPeer leaf : List.of(atServer, atDaemon)) {
      leaf.awaitAccepted(server.id());
      leaf.awaitAccepted(daemon.id());
    }
    Circle circle = new Circle().with(server, atServer, atDaemon).with(daemon);
    for (int i = 0; i < 5; i++) {
      circle.talk();
    }
    assertEquals(List.of(), server.closed());
    assertEquals(1, daemon.linkEvents().stream().filter(e -> e.peer().equals(server.id())).count());
  }

  /** A port that the system has chosen and that nobody listens on any more. */
  private static int freePort(NpmHost host) {
    NpmPeer placeholder = host.listen("placeholder");
    int port = URI.create(placeholder.url()).getPort();
    placeholder.destroy();
    return port;
  }
}
