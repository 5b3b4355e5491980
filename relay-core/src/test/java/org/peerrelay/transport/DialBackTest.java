package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;

/** A relay that comes in is named to others, and used as a way, only where it can be dialed. */
class DialBackTest {
  private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

  private final Identity identity = Identity.generate(new SecureRandom());
  private TestPeer relay;

  @BeforeEach
  void start() throws IOException {
    relay = TestPeer.relay();
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  /** Whom the relay names to a leaf that asks. */
  private List<PeerId> named(BinaryClient leaf) throws Exception {
    leaf.send(relay.id(), new Message.FindPeers(leaf.id()));
    Message answer = leaf.await(Message.FoundPeers.class).message();
    return answer instanceof Message.FoundPeers found ? found.ids() : List.of();
  }

  private BinaryClient leaf() throws Exception {
    return BinaryClient.link(relay.address(), Identity.generate(new SecureRandom()), false);
  }

  private void awaitClosed(CloseReason reason) {
    long endNs = System.nanoTime() + DEADLINE_NS;
    while (relay.peer().counters().closed().getOrDefault(reason, 0L) == 0) {
      assertTrue(System.nanoTime() - endNs < 0, () -> "never closed: " + reason);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @Test
  void whoIsWhereItSaysItIsIsNamed() throws Exception {
    try (TestPeer other = TestPeer.relay(relay.url());
        BinaryClient leaf = leaf()) {
      relay.awaitLink(other);
      long endNs = System.nanoTime() + DEADLINE_NS;
      while (!named(leaf).contains(other.id())) {
        assertTrue(System.nanoTime() - endNs < 0, "never named");
      }
      awaitClosed(CloseReason.CHECKED);
      assertEquals(1, relay.linksMade() - 1, "links beside the leaf's");
      assertEquals(1, other.linksMade());
    }
  }

  @Test
  void whereNobodyAnswersNobodyIsNamed() throws Exception {
    try (HostileServer nobody = new HostileServer(socket -> {});
        BinaryClient liar = BinaryClient.claiming(relay.address(), identity, nobody.url());
        BinaryClient leaf = leaf()) {
      relay.awaitLinked(liar.id());
      nobody.awaitServed(1);
      assertFalse(named(leaf).contains(liar.id()));
    }
  }

  @Test
  void whereAnotherAnswersNobodyIsNamed() throws Exception {
    try (TestPeer other = TestPeer.relay();
        BinaryClient liar = BinaryClient.claiming(relay.address(), identity, other.url());
        BinaryClient leaf = leaf()) {
      relay.awaitLinked(liar.id());
      awaitClosed(CloseReason.WRONG_PEER);
      assertFalse(named(leaf).contains(liar.id()));
      assertEquals(0, other.linksMade());
    }
  }

  @Test
  void whatIsNoUrlIsNotDialed() throws Exception {
    try (BinaryClient liar = BinaryClient.claiming(relay.address(), identity, "nonsense")) {
      relay.awaitLinked(liar.id());
      relay.awaitLinks(1);
    }
  }

  @Test
  void whoOnlyLooksGetsAProofAndNoLink() throws Exception {
    assertEquals(CloseReason.CHECKED.code(), BinaryClient.check(relay.address(), identity));
    assertEquals(0, relay.linksMade());
    assertEquals(1, relay.peer().counters().closed().get(CloseReason.CHECKED));
  }
}
