package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.BinaryClient;
import org.peerrelay.transport.TestPeer;
import org.peerrelay.wire.binary.MembershipCodec;

/** Somebody who knows the id of a swarm, and not its key. */
class SwarmImpostorTest {
  private static final SwarmKey KEY = SwarmKey.of("a secret");
  private static final PeerId SWARM = KEY.swarm();
  private static final SwarmKey GUESSED = SwarmKey.of("another secret");
  private static final long CHANNEL = KEY.topic("chat");
  private static final Payload HELLO = Payload.bytes(TestMember.utf8("hello"));

  private final Identity identity = Identity.generate(new SecureRandom());
  private TestPeer relay;
  private TestMember alice;
  private TestMember bob;
  private BinaryClient impostor;

  @BeforeEach
  void start() throws Exception {
    relay = TestPeer.relay();
    alice = TestMember.of(TestPeer.leaf(relay), KEY);
    bob = TestMember.of(TestPeer.leaf(relay), KEY);
    alice.awaitThere(bob);
    bob.awaitThere(alice);
    alice.topic("chat");
    impostor = BinaryClient.link(relay.address(), identity, false);
  }

  @AfterEach
  void stop() throws IOException {
    impostor.close();
    bob.close();
    alice.close();
    relay.close();
  }

  /** Relays believe it: they do not know the key. */
  private void publish(Tag tag) throws IOException {
    Membership word =
        MembershipCodec.sign(identity, SWARM, System.currentTimeMillis(), 180, false, tag);
    SwarmRecord record = new SwarmRecord(word, null, 0, false);
    impostor.send(relay.id(), new Message.SwarmPublish(false, List.of(record)));
    impostor.send(relay.id(), new Message.SwarmSync(SWARM, identity.id(), 1, new SwarmDigest()));
  }

  private Message.SwarmData data(boolean toAll, Tag tag) {
    return new Message.SwarmData(toAll, SWARM, CHANNEL, tag, HELLO);
  }

  @Test
  void neverBecomesAMember() throws IOException {
    publish(GUESSED.memberTag(identity.id()));
    alice.awaitDropped(SwarmDrop.FORGED_MEMBERSHIP, 1);
    bob.awaitDropped(SwarmDrop.FORGED_MEMBERSHIP, 1);
    assertEquals(Map.of(1, bob.peer.id()), alice.swarm.peers());
  }

  @Test
  void neverBecomesOneWithTheTagOfAnother() throws IOException {
    publish(KEY.memberTag(alice.peer.id()));
    bob.awaitDropped(SwarmDrop.FORGED_MEMBERSHIP, 1);
    assertEquals(Map.of(1, alice.peer.id()), bob.swarm.peers());
  }

  @Test
  void isNotHeard() throws IOException {
    publish(GUESSED.memberTag(identity.id()));
    alice.awaitDropped(SwarmDrop.FORGED_MEMBERSHIP, 1);
    PeerId to = alice.peer.id();
    impostor.send(to, data(false, GUESSED.dataTag(identity.id(), to, 1, CHANNEL, new byte[5])));
    alice.awaitDropped(SwarmDrop.FORGED_DATA, 1);
    impostor.send(
        SWARM, data(true, GUESSED.dataTag(identity.id(), SWARM, 1, CHANNEL, new byte[5])));
    alice.awaitDropped(SwarmDrop.FORGED_DATA, 2);
    bob.topic("chat").send(bob.numberOf(alice), TestMember.utf8("I am"));
    alice.assertSaid(bob, "I am");
  }

  @Test
  void cannotSpeakForARelay() throws IOException {
    Membership leaving =
        MembershipCodec.sign(identity, SWARM, System.currentTimeMillis(), 180, true, new Tag(0, 0));
    SwarmRecord gone = new SwarmRecord(leaving, relay.id(), 0, true);
    impostor.send(alice.peer.id(), new Message.SwarmNews(SWARM, 1, null, List.of(gone)));
    alice.awaitDropped(SwarmDrop.FOREIGN_NEWS, 1);
    assertEquals(1, alice.swarm.peers().size());
  }
}
