package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.transport.TestPeer;

/** Relays that go down in an orderly way. */
class PeerDrainTest {
  /** Longer than any test may take: whoever waits for it fails. */
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void leavesThatHaveAnotherRelayGoThereBeforeTheEndAndNothingIsLost() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        TestPeer other = TestPeer.relay(relay.url());
        TestPeer alice = TestPeer.leaf(relay, other);
        TestPeer bob = TestPeer.leaf(relay, other)) {
      alice.assertReaches(bob);
      relay.peer().drain(LONG).orTimeout(20, TimeUnit.SECONDS).join();
      relay.awaitLost(alice.id());
      relay.awaitLost(bob.id());
      alice.assertReaches(bob);
      assertEquals(Set.of(other.id()), alice.linked());
    }
  }

  @Test
  void nobodyIsTakenAnyMore() throws IOException {
    try (TestPeer relay = TestPeer.relay()) {
      InetSocketAddress address = relay.address();
      relay.peer().drain(LONG).orTimeout(20, TimeUnit.SECONDS).join();
      assertThrows(
          ConnectException.class,
          () -> new Socket(address.getAddress(), address.getPort()).close());
    }
  }

  @Test
  void whoHasNoOtherRelayIsServedToTheEndAndComesBackAfterItsDelay() throws IOException {
    Identity identity = Identity.generate(new SecureRandom());
    TestPeer relay = TestPeer.of(builder -> builder.listen(TestPeer.anyPort()).identity(identity));
    InetSocketAddress address = relay.address();
    try (TestPeer alice = TestPeer.leaf(relay);
        TestPeer bob = TestPeer.leaf(relay)) {
      long toldNs = System.nanoTime();
      assertFalse(relay.peer().drain(LONG).isDone());
      alice.assertReaches(bob);
      relay.close();
      alice.awaitLost(relay.id());
      try (TestPeer next = TestPeer.of(builder -> builder.listen(address).identity(identity))) {
        alice.awaitLink(next);
        assertTrue(System.nanoTime() - toldNs >= TimeUnit.SECONDS.toNanos(1), "too early");
      }
    }
  }
}
