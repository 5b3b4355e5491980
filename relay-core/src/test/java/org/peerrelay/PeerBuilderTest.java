package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.Identity;
import org.peerrelay.transport.TestPeer;

class PeerBuilderTest {
  @Test
  void aPeerHasTheIdOfItsKeyOrAFreshOne() throws IOException {
    Identity identity = Identity.generate(new SecureRandom());
    try (Peer known = Peer.builder().identity(identity).start();
        Peer fresh = Peer.builder().start();
        Peer another = Peer.builder().start()) {
      assertEquals(identity.id(), known.id());
      assertNotEquals(fresh.id(), another.id());
    }
  }

  @Test
  void aPeerThatDoesNotListenHasNeitherAddressNorUrl() throws IOException {
    try (Peer leaf = Peer.builder().start()) {
      assertNull(leaf.address());
      assertNull(leaf.url());
    }
  }

  @Test
  void aPeerThatListensAtOneAddressAdvertisesIt() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      assertTrue(relay.address().getPort() > 0);
      assertEquals("ws://127.0.0.1:" + relay.address().getPort(), relay.url());
    }
  }

  @Test
  void aPeerThatListensAtAllAddressesAdvertisesNone() throws IOException {
    try (Peer relay = Peer.builder().listen(new InetSocketAddress(0)).start()) {
      assertNull(relay.url());
    }
  }

  @Test
  void whatIsToBeAdvertisedIs() throws IOException {
    String url = "wss://relay.example/path";
    try (Peer relay = Peer.builder().listen(TestPeer.anyPort()).advertise(url).start()) {
      assertEquals(url, relay.url());
    }
  }

  @Test
  void aTakenPortIsOneClearLine() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      IOException failed =
          assertThrows(IOException.class, () -> Peer.builder().listen(relay.address()).start());
      String message = String.valueOf(failed.getMessage());
      assertTrue(message.startsWith("cannot listen on "), message);
      assertTrue(message.endsWith(":" + relay.address().getPort()), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://relay.example", "localhost:8000"})
  void whatIsNoUrlIsRefusedAtOnce(String url) {
    assertThrows(IllegalArgumentException.class, () -> Peer.builder().bootstrap(url));
    assertThrows(IllegalArgumentException.class, () -> Peer.builder().advertise(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://[fe80::1%25eth0]:1", "ws://xn--0/", "ws://a.example:1#b"})
  void whatKillsAnNpmPeerThatIsToldOfItIsNotAdvertised(String url) {
    assertThrows(IllegalArgumentException.class, () -> Peer.builder().advertise(url));
  }

  @Test
  void aBuilderMakesAsManyPeersAsAreWanted() throws IOException {
    PeerBuilder builder = Peer.builder().listen(TestPeer.anyPort());
    try (Peer one = builder.start();
        Peer two = builder.start()) {
      assertNotEquals(one.id(), two.id());
      assertNotEquals(one.address(), two.address());
    }
  }
}
