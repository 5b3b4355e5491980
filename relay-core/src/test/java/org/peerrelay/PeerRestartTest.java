package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.TestPeer;

/** Relays that go and come back at the same address. */
class PeerRestartTest {
  private static TestPeer relayAt(InetSocketAddress address, Identity identity) throws IOException {
    return TestPeer.of(builder -> builder.listen(address).identity(identity));
  }

  @Test
  void peersComeBackToARelayThatRestarts() throws IOException {
    Identity identity = Identity.generate(new SecureRandom());
    TestPeer relay = relayAt(TestPeer.anyPort(), identity);
    InetSocketAddress address = relay.address();
    try (TestPeer alice = TestPeer.leaf(relay);
        TestPeer bob = TestPeer.leaf(relay)) {
      for (int i = 0; i < 3; i++) {
        alice.assertReaches(bob);
        relay.close();
        alice.awaitLost(relay.id());
        bob.awaitLost(relay.id());
        relay = relayAt(address, identity);
        alice.awaitLink(relay);
        bob.awaitLink(relay);
      }
      alice.assertReaches(bob);
    } finally {
      relay.close();
    }
  }

  @Test
  void peersComeBackToARelayThatHasAnotherId() throws IOException {
    TestPeer relay = TestPeer.relay();
    InetSocketAddress address = relay.address();
    try (TestPeer alice = TestPeer.leaf(relay)) {
      relay.close();
      alice.awaitLost(relay.id());
      try (TestPeer next = relayAt(address, Identity.generate(new SecureRandom()))) {
        assertNotEquals(relay.id(), next.id());
        alice.awaitLink(next);
        alice.assertReaches(next);
      }
    }
  }

  @Test
  void messagesSentWhileTheRelayIsAwayGoOutWhenItIsBack() throws IOException {
    TestPeer relay = TestPeer.relay();
    InetSocketAddress address = relay.address();
    Identity identity = Identity.generate(new SecureRandom());
    try (TestPeer alice = TestPeer.leaf(relay)) {
      relay.close();
      alice.awaitLost(relay.id());
      for (int i = 0; i < 100; i++) {
        alice.peer().send(identity.id(), Payload.json(Integer.toString(i)));
      }
      try (TestPeer next = relayAt(address, identity)) {
        for (int i = 0; i < 100; i++) {
          assertEquals(Integer.toString(i), next.receive().payload().jsonText());
        }
      }
    }
  }

  @Test
  void thePortIsFreeAsSoonAsTheRelayIsClosed() throws IOException {
    TestPeer relay = TestPeer.relay();
    InetSocketAddress address = relay.address();
    for (int i = 0; i < 200; i++) {
      relay.close();
      relay = relayAt(address, Identity.generate(new SecureRandom()));
    }
    relay.close();
  }
}
