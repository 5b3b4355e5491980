package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.testing.Changed;
import org.peerrelay.transport.Datagrams;
import org.peerrelay.transport.RawClient;
import org.peerrelay.transport.TestPeer;
import org.peerrelay.transport.TransportConfig;

/** Direct links: how they come about, and each reason why not. */
class PeerConnectTest {
  private static final long OFFER_MS = 1_500;

  private final PeerId ghost = PeerId.random(new Random(1));
  private TestPeer relay;

  @BeforeEach
  void start() throws IOException {
    relay = TestPeer.relay();
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  /** Waits a short time for answers, and looks for no links of its own. */
  private static NodeConfig impatient() {
    OverlayConfig overlay =
        Changed.in(
            OverlayConfig.LEAF,
            Map.of("relayLinks", 0, "handshakeNs", TimeUnit.MILLISECONDS.toNanos(OFFER_MS)));
    return Changed.in(NodeConfig.LEAF, Map.of("overlay", overlay));
  }

  private TestPeer leaf(boolean dialPrivate) throws IOException {
    TestPeer leaf =
        TestPeer.of(
            builder -> builder.bootstrap(relay.url()).node(impatient()).dialPrivate(dialPrivate));
    leaf.awaitLink(relay);
    return leaf;
  }

  private static void assertFails(ConnectFailure expected, CompletableFuture<Void> connecting) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> connecting.get(20, TimeUnit.SECONDS));
    assertTrue(failed.getCause() instanceof ConnectFailedException, failed::toString);
    assertEquals(expected, ((ConnectFailedException) failed.getCause()).failure());
  }

  private static void assertConnects(CompletableFuture<Void> connecting) {
    connecting.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** A raw peer that answers the next offer for the ghost in its name. */
  private void answerForGhost(RawClient client, PeerId own, PeerId asker, String url)
      throws IOException {
    String text = client.readText();
    while (!text.contains("handshake-offer")) {
      text = client.readText();
    }
    String data =
        "{\"type\":\"handshake-answer\",\"data\":{\"ws\":\"" + url + "\",\"wrtc\":false}}";
    client.text(Datagrams.write(ghost, asker, List.of(ghost, own), data));
  }

  @Test
  void twoPeersOfOneRelayLinkDirectly() throws IOException {
    try (TestPeer alice = leaf(true);
        TestPeer bob = TestPeer.relay(relay.url())) {
      bob.awaitLink(relay);
      CompletableFuture<Void> first = alice.peer().connect(bob.id());
      CompletableFuture<Void> second = alice.peer().connect(bob.id());
      assertConnects(first);
      assertConnects(second);
      assertTrue(alice.peer().isLinked(bob.id()));
      alice.awaitLink(bob);
      assertConnects(alice.peer().connect(bob.id()));
      alice.assertReaches(bob);
    }
  }

  @Test
  void aDirectLinkOutlivesTheRelay() throws IOException {
    try (TestPeer alice = leaf(true);
        TestPeer bob = TestPeer.relay(relay.url())) {
      bob.awaitLink(relay);
      assertConnects(alice.peer().connect(bob.id()));
      alice.awaitLink(bob);
      relay.close();
      alice.awaitLost(relay.id());
      alice.assertReaches(bob);
      bob.assertReaches(alice);
    }
  }

  @Test
  void aRelayNeedsNoSecondLink() throws IOException {
    try (TestPeer alice = leaf(true)) {
      assertConnects(alice.peer().connect(relay.id()));
      assertEquals(1, alice.linksMade());
    }
  }

  @Test
  void aPeerCannotBeConnectedWithItself() throws IOException {
    try (TestPeer alice = leaf(true)) {
      assertFails(ConnectFailure.SELF, alice.peer().connect(alice.id()));
    }
  }

  @Test
  void aPeerThatIsNowhereDoesNotAnswer() throws IOException {
    try (TestPeer alice = leaf(true)) {
      assertFails(ConnectFailure.NO_ANSWER, alice.peer().connect(ghost));
    }
  }

  @Test
  void aPeerThatDoesNotListenIsNotReachable() throws IOException {
    try (TestPeer alice = leaf(true);
        TestPeer bob = leaf(true)) {
      assertFails(ConnectFailure.NOT_REACHABLE, alice.peer().connect(bob.id()));
    }
  }

  @Test
  void anAddressOnThisMachineIsNotDialedWithoutLeave() throws IOException {
    try (TestPeer alice = leaf(false);
        TestPeer bob = TestPeer.relay(relay.url())) {
      bob.awaitLink(relay);
      assertFails(ConnectFailure.NOT_ALLOWED, alice.peer().connect(bob.id()));
      assertFalse(alice.peer().isLinked(bob.id()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
  void addressesOfThisMachineInDisguiseAreNotDialedEither(String host) throws IOException {
    PeerId own = PeerId.random(new Random(2));
    try (TestPeer alice = leaf(false);
        RawClient client = RawClient.link(relay.address(), own)) {
      CompletableFuture<Void> connecting = alice.peer().connect(ghost);
      answerForGhost(client, own, alice.id(), "ws://" + host + ":" + relay.address().getPort());
      assertFails(ConnectFailure.NOT_ALLOWED, connecting);
    }
  }

  @Test
  void aPortAtWhichNobodyListensFailsToBeDialed() throws IOException {
    PeerId own = PeerId.random(new Random(3));
    try (TestPeer alice = leaf(true);
        RawClient client = RawClient.link(relay.address(), own)) {
      CompletableFuture<Void> connecting = alice.peer().connect(ghost);
      answerForGhost(client, own, alice.id(), "ws://127.0.0.1:" + closedPort());
      assertFails(ConnectFailure.DIAL_FAILED, connecting);
    }
  }

  @Test
  void aDialThatFailedIsNotReportedOnceMoreWhenItsTimeIsOver() throws IOException {
    PeerId own = PeerId.random(new Random(4));
    try (TestPeer alice =
            TestPeer.of(
                builder ->
                    builder
                        .bootstrap(relay.url())
                        .node(impatient())
                        .dialPrivate(true)
                        .transport(
                            Changed.in(
                                TransportConfig.DEFAULT,
                                Map.of(
                                    "handshakeNs", TimeUnit.MILLISECONDS.toNanos(OFFER_MS / 3)))));
        RawClient client = RawClient.link(relay.address(), own)) {
      alice.awaitLink(relay);
      CompletableFuture<Void> first = alice.peer().connect(ghost);
      answerForGhost(client, own, alice.id(), "ws://127.0.0.1:" + closedPort());
      assertFails(ConnectFailure.DIAL_FAILED, first);
      assertFails(ConnectFailure.NO_ANSWER, alice.peer().connect(ghost));
    }
  }

  @Test
  void aHostWithoutAddressFailsToBeDialed() throws IOException {
    PeerId own = PeerId.random(new Random(5));
    try (TestPeer alice = leaf(true);
        RawClient client = RawClient.link(relay.address(), own)) {
      CompletableFuture<Void> connecting = alice.peer().connect(ghost);
      answerForGhost(client, own, alice.id(), "ws://no-such-host.invalid:1");
      assertFails(ConnectFailure.DIAL_FAILED, connecting);
    }
  }

  @Test
  void anAddressThatIsAnotherPeersIsTheWrongPeer() throws IOException {
    PeerId own = PeerId.random(new Random(6));
    try (TestPeer alice = leaf(true);
        RawClient client = RawClient.link(relay.address(), own)) {
      CompletableFuture<Void> connecting = alice.peer().connect(ghost);
      answerForGhost(client, own, alice.id(), relay.url());
      assertFails(ConnectFailure.WRONG_PEER, connecting);
      assertEquals(1, alice.linksMade());
    }
  }

  @Test
  void disconnectingEndsTheLinkAtBothEnds() throws IOException {
    try (TestPeer alice = leaf(true);
        TestPeer bob = TestPeer.relay(relay.url())) {
      bob.awaitLink(relay);
      assertConnects(alice.peer().connect(bob.id()));
      alice.awaitLink(bob);
      alice.peer().disconnect(bob.id());
      alice.awaitLost(bob.id());
      bob.awaitLost(alice.id());
      assertFalse(alice.peer().isLinked(bob.id()));
      alice.assertReaches(bob);
    }
  }

  @Test
  void disconnectingFromAStrangerDoesNothing() throws IOException {
    try (TestPeer alice = leaf(true)) {
      alice.peer().disconnect(ghost);
      alice.assertReaches(relay);
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
