package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.Datagrams;
import org.peerrelay.transport.RawClient;
import org.peerrelay.transport.TestPeer;

/** Relays that nobody can dial hang on those that can be dialed, and their leaves are reached. */
class PeerOutsideTest {
  private static final Payload HELLO = Payload.json("\"hello\"");

  private RelayMesh mesh;

  @BeforeEach
  void start() throws IOException {
    mesh = RelayMesh.of(3);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  private TestPeer leafOf(TestPeer relay) throws IOException {
    TestPeer leaf = mesh.opened(TestPeer.of(builder -> builder.bootstrap(RelayMesh.urlOf(relay))));
    leaf.awaitLink(relay);
    return leaf;
  }

  private static void assertAllReachAll(List<TestPeer> peers) {
    for (TestPeer from : peers) {
      peers.stream().filter(to -> to != from).forEach(from::awaitReached);
    }
    for (TestPeer from : peers) {
      peers.stream().filter(to -> to != from).forEach(from::assertReaches);
    }
    peers.forEach(peer -> assertEquals(0, peer.waiting(), "messages that came twice"));
  }

  @Test
  void leavesOfARelayWithoutUrlAreReachedFromAllOthers() throws IOException {
    TestPeer outside = mesh.relayWithoutUrl(mesh.relay(0).url());
    outside.awaitLink(mesh.relay(0));
    List<TestPeer> peers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      peers.add(mesh.leaf(i));
      peers.add(leafOf(outside));
    }
    assertAllReachAll(peers);
  }

  @Test
  void leavesThatWereThereBeforeTheirRelayHadItsLinkAreReached() throws IOException {
    TestPeer inner = mesh.opened(TestPeer.of(builder -> builder.listen(new InetSocketAddress(0))));
    TestPeer leaf = leafOf(inner);
    TestPeer outside = mesh.relayWithoutUrl(RelayMesh.urlOf(inner));
    outside.awaitLink(inner);
    assertAllReachAll(List.of(leaf, leafOf(outside)));
  }

  @Test
  void relaysWithoutUrlAreReachedThemselves() throws IOException {
    TestPeer first = mesh.relayWithoutUrl(mesh.relay(0).url());
    TestPeer second = mesh.relayWithoutUrl(mesh.relay(1).url());
    first.awaitLink(mesh.relay(0));
    second.awaitLink(mesh.relay(1));
    assertAllReachAll(List.of(mesh.leaf(2), first, second, mesh.leaf(0)));
  }

  @Test
  void twoRelaysWithoutUrlOnDifferentRelaysReachEachOthersLeaves() throws IOException {
    TestPeer first = mesh.relayWithoutUrl(mesh.relay(0).url());
    TestPeer second = mesh.relayWithoutUrl(mesh.relay(1).url());
    first.awaitLink(mesh.relay(0));
    second.awaitLink(mesh.relay(1));
    assertAllReachAll(List.of(leafOf(first), leafOf(second), mesh.leaf(2), leafOf(first)));
  }

  @Test
  void aChainOfFiveRelaysWithoutUrlCarriesBothWays() throws IOException {
    TestPeer before = mesh.relay(0);
    List<TestPeer> peers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      TestPeer relay = mesh.relayWithoutUrl(RelayMesh.urlOf(before));
      relay.awaitLink(before);
      before = relay;
      peers.add(leafOf(relay));
    }
    peers.add(mesh.leaf(1));
    assertAllReachAll(peers);
  }

  @Test
  void aMessageIsNotSaidToBeLostThatArrivesByAnotherWay() throws Exception {
    List<TestPeer> outside = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      outside.add(mesh.relayWithoutUrl(mesh.relay(i).url()));
      outside.get(i).awaitLink(mesh.relay(i));
    }
    for (int i = 0; i < 20; i++) {
      // Nobody is located yet: a copy goes to each relay without URL on the way.
      TestPeer from = mesh.leaf(i);
      TestPeer to = mesh.leaf(i + 1);
      mesh.leaf(i + 2).awaitReached(to);
      from.peer()
          .sendAcknowledged(to.id(), HELLO, Duration.ofSeconds(20))
          .get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPingFindsItsWayBesideARelayOfTheLegacyFormat() throws Exception {
    PeerId relayId = PeerId.random(new Random(3));
    PeerId behind = PeerId.random(new Random(4));
    try (RawClient relay = RawClient.link(mesh.relay(0).address(), relayId)) {
      mesh.relay(0).awaitLinked(relayId);
      TestPeer alice = mesh.leaf(0);
      // Who passes on what others write is a relay.
      relay.text(
          Datagrams.write(
              behind, alice.id(), List.of(behind, relayId), "{\"type\":\"user\",\"data\":1}"));
      assertEquals(behind, alice.receive().from());
      for (int i = 0; i < 20; i++) {
        TestPeer bob = mesh.leaf(1);
        mesh.leaf(2).awaitReached(bob);
        alice.peer().ping(bob.id(), Duration.ofSeconds(20)).get(20, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void whatOnlyTheLegacyFormatHasGoesOnInIt() throws Exception {
    PeerId relayId = PeerId.random(new Random(3));
    PeerId authorId = PeerId.random(new Random(4));
    PeerId near = mesh.relay(1).id();
    PeerId behind = new PeerId(near.high(), near.middle(), near.low() ^ 1);
    try (RawClient relay = RawClient.link(mesh.relay(0).address(), relayId);
        RawClient author = RawClient.link(mesh.relay(0).address(), authorId)) {
      mesh.relay(0).awaitLinked(relayId);
      mesh.relay(0).awaitLinked(authorId);
      // From now on the relay is the way to who is behind it.
      relay.text(
          Datagrams.write(
              behind, authorId, List.of(behind, relayId), "{\"type\":\"user\",\"data\":1}"));
      author.readUser();
      author.text(Datagrams.write(authorId, behind, List.of(authorId), "{\"type\":\"strange\"}"));
      String frame = relay.readText();
      while (!frame.contains("strange")) {
        frame = relay.readText();
      }
      assertTrue(frame.contains("\"to\":\"" + behind.hex()), frame);
    }
  }
}
