package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;
import org.peerrelay.transport.BinaryClient;
import org.peerrelay.transport.TestPeer;
import org.peerrelay.wire.binary.PointerCodec;

/** What somebody with a key and bad intentions says, and nobody believes. */
class PeerForgedTest {
  private static final Payload HELLO = Payload.json("\"hello\"");
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final PeerId NOBODY = new PeerId(1, 2, 3);

  private final Identity mallory = Identity.generate(new SecureRandom());
  private final Identity victim = Identity.generate(new SecureRandom());
  private RelayMesh mesh;
  private TestPeer alice;
  private TestPeer bob;

  @BeforeEach
  void start() throws IOException {
    mesh = RelayMesh.of(3);
    alice = mesh.leaf(1);
    bob =
        mesh.opened(
            TestPeer.of(builder -> builder.identity(victim).bootstrap(mesh.relay(2).url())));
    bob.awaitLink(mesh.relay(2));
    alice.awaitReached(bob);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  private BinaryClient mallory(boolean relay) throws Exception {
    BinaryClient client = BinaryClient.link(mesh.relay(0).address(), mallory, relay);
    mesh.relay(0).awaitLinked(mallory.id());
    return client;
  }

  /** Another message to alice, after which all that was sent before has been seen to. */
  private void awaitSeen(BinaryClient client) throws IOException {
    client.send(alice.id(), new Message.User(HELLO));
    assertEquals(new TestPeer.Received(client.id(), HELLO), alice.receive());
  }

  @Test
  void aNoticeAboutWhatWasNeverSentIsIgnored() throws Exception {
    try (BinaryClient client = mallory(false)) {
      Message notice = new Message.Notice(NoticeCode.NO_SUCH_PEER, bob.id(), 4711, null);
      for (int i = 0; i < 5; i++) {
        client.send(alice.id(), notice);
      }
      awaitSeen(client);
      alice.assertReaches(bob);
      alice.peer().send(NOBODY, HELLO);
      assertEquals(new TestPeer.Lost(NOBODY, DropReason.NO_ROUTE), alice.lost());
    }
  }

  @Test
  void aPongForAnotherDatagramIsIgnored() throws Exception {
    try (BinaryClient client = mallory(false)) {
      TestPeer near = mesh.leaf(0);
      CompletableFuture<Duration> ping = near.peer().ping(client.id(), LONG);
      assertEquals(near.id(), client.await(Message.Ping.class).from());
      client.send(near.id(), new Message.Pong(Header.MAX_NONCE));
      client.send(near.id(), new Message.User(HELLO));
      assertEquals(new TestPeer.Received(client.id(), HELLO), near.receive());
      assertFalse(ping.isDone());
    }
  }

  @Test
  void anothersPointerIsIgnored() throws Exception {
    try (BinaryClient client = mallory(false)) {
      forge(client, new Pointer(bob.id(), List.of(client.id()), Long.MAX_VALUE, 3_600, null));
      // Signed by bob himself, but nobody else publishes it on a leaf's link.
      forge(client, PointerCodec.sign(victim, List.of(client.id()), Long.MAX_VALUE, 3_600));
      forge(client, PointerCodec.sign(mallory, List.of(bob.id()), Long.MAX_VALUE, 3_600));
      awaitSeen(client);
      alice.assertReaches(bob);
      mesh.leaf(0).assertReaches(bob);
    }
  }

  @Test
  void anothersPointerInTheNameOfARelayInsideIsIgnored() throws Exception {
    try (BinaryClient client = mallory(true)) {
      Pointer pointer = new Pointer(bob.id(), List.of(client.id()), Long.MAX_VALUE, 3_600, null);
      for (int i = 0; i < 3; i++) {
        for (boolean copy : new boolean[] {false, true}) {
          client.send(
              mesh.relay(2).id(), mesh.relay(i).id(), new Message.Publish(pointer, copy, 0));
        }
        client.send(mesh.relay(2).id(), mesh.relay(i).id(), new Message.Located(pointer));
      }
      awaitSeen(client);
      mesh.leaf(0).assertReaches(bob);
      alice.assertReaches(bob);
    }
  }

  private void forge(BinaryClient client, Pointer pointer) throws IOException {
    for (int i = 0; i < 3; i++) {
      for (boolean copy : new boolean[] {false, true}) {
        client.send(mesh.relay(i).id(), new Message.Publish(pointer, copy, 0));
      }
      client.send(mesh.relay(i).id(), new Message.Located(pointer));
    }
  }

  @Test
  void datagramsOfALeafInAnothersNameAreDropped() throws Exception {
    try (BinaryClient client = mallory(false)) {
      client.send(bob.id(), alice.id(), new Message.User(Payload.json("\"forged\"")));
      awaitSeen(client);
      assertEquals(1, mesh.relay(0).peer().counters().dropped().get(DropReason.FORGED_AUTHOR));
    }
  }
}
