package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.peerrelay.daemon.interop.HostileDeed.Route;
import org.peerrelay.daemon.interop.HostileDeed.Stage;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmMessage;
import org.peerrelay.daemon.npm.NpmPayload;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * Daemons in a row with npm peers at one end, each in a process of its own; at the other end are a
 * Java peer that talks to them and the hostile clients. So whatever was hostile on the way to an
 * npm peer has come there before the next message of the Java peer.
 */
final class HostileScene implements AutoCloseable {
  /** What is sent may be lost on its way through an npm peer; that is not what is looked for. */
  private static final int TRIES = 20;

  private static final Duration TRY = Duration.ofSeconds(1);

  private final Random random = new Random(5);
  private final Chain chain;
  private final JavaPeer entrance;
  private final JavaPeer java;
  private final NpmHost leafHost = NpmHost.start();
  private final NpmHost listenerHost = NpmHost.start();
  private final NpmPeer leaf;
  private final NpmPeer listener;
  private int tokens;

  /** Starts a scene with so many daemons. */
  HostileScene(int daemons) {
    chain = Chain.stretched(daemons);
    JavaPeer daemon = chain.daemon(0);
    entrance = chain.daemon(daemons - 1);
    java = JavaPeer.leaf(entrance.url());
    entrance.awaitLinked(java.id());
    leaf = leafHost.open("leaf", daemon.url());
    leaf.awaitAccepted(daemon.id());
    listener = listenerHost.listen("listener", daemon.url());
    listener.awaitAccepted(daemon.id());
  }

  /** Has the deed done to each peer there is and to nobody, and sees that the npm peers live. */
  void endure(HostileDeed deed) throws IOException {
    List<String> targets =
        Stream.of(leaf.id(), listener.id(), id(), chain.daemon(0).id(), entrance.id())
            .distinct()
            .toList();
    switch (deed.then()) {
      case LIVES -> doAll(deed, targets);
      // Nothing of these goes on to anybody, whoever it is for.
      case REFUSED, ENDS, CUT_OFF -> doAll(deed, targets.subList(0, 1));
    }
    assertLives(leaf);
    assertLives(listener);
  }

  private void doAll(HostileDeed deed, List<String> targets) throws IOException {
    String id = id();
    try (FrameSocket socket = new FrameSocket(entrance.port())) {
      if (deed.from() != Stage.CONNECTED) {
        socket.upgrade();
      }
      if (deed.from() == Stage.LINKED) {
        socket.text(DatagramText.quoted(id));
      }
      for (String target : targets) {
        deed.deed().send(socket, route(id, target));
      }
      finish(socket, deed, id);
    }
  }

  private void finish(FrameSocket socket, HostileDeed deed, String id) throws IOException {
    switch (deed.then()) {
      case LIVES -> {
        socket.text(DatagramText.user(route(id, java.id())).toString());
        java.awaitMessageFrom(id);
        socket.leave();
      }
      case REFUSED -> socket.awaitAnswer();
      case ENDS -> socket.awaitClose();
      case CUT_OFF -> socket.reset();
    }
  }

  private Route route(String from, String to) {
    return new Route(from, to, entrance.id(), entrance.url(), listener.url());
  }

  private void assertLives(NpmPeer npm) {
    assertFalse(npm.peers().isEmpty(), npm + " has no link");
    for (int i = 0; !passes(npm); i++) {
      assertTrue(i < TRIES, () -> "no message both to and from " + npm);
    }
  }

  /** Whether one message to the peer and one back arrived. */
  private boolean passes(NpmPeer npm) {
    String token = DatagramText.quoted("token " + tokens++);
    java.send(npm.id(), Payload.json(token));
    NpmMessage there = new NpmMessage(java.id(), NpmPayload.json(token));
    if (!npm.hears(there::equals, TRY)) {
      return false;
    }
    npm.send(java.id(), token);
    JavaPeer.Received back = new JavaPeer.Received(npm.id(), Payload.json(token));
    return java.hears(back::equals, TRY);
  }

  private String id() {
    return PeerId.random(random).hex();
  }

  @Override
  public void close() {
    java.close();
    chain.close();
    leafHost.close();
    listenerHost.close();
  }
}
