package org.peerrelay.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.swarm.MemberBench.CHANNEL;
import static org.peerrelay.swarm.MemberBench.KEY;
import static org.peerrelay.swarm.MemberBench.SWARM;
import static org.peerrelay.swarm.MemberBench.identity;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Tag;

/** What members send: what a member takes of it, and what it sends itself. */
class SwarmDataTest {
  private static final Payload HELLO = Payload.bytes(new byte[] {1, 2, 3});

  private final MemberBench bench = MemberBench.joined();
  private final Identity alice = identity();

  private void comes(Identity member) {
    bench.tell(null, bench.record(bench.word(member, false), false));
  }

  private static MemberBench.Data data(Identity from, Payload payload) {
    return new MemberBench.Data(from.id(), CHANNEL, payload);
  }

  private static Payload bytes(int count) {
    return Payload.bytes(new byte[count]);
  }

  @Test
  void whatMembersSendIsTaken() {
    comes(alice);
    bench.receive(alice.id(), false, HELLO);
    bench.receive(alice.id(), true, HELLO);
    assertEquals(List.of(data(alice, HELLO), data(alice, HELLO)), bench.data);
    assertEquals(0, bench.droppedInAll());
  }

  /** A relay gets what it sends to all: it passes that on itself. */
  @Test
  void whatAMemberHasSentItselfIsNotForIt() {
    bench.receive(bench.self, true, HELLO);
    bench.pass(3);
    assertEquals(List.of(), bench.data);
    assertEquals(0, bench.droppedInAll());
  }

  @Test
  void whoDoesNotKnowTheKeyIsNotHeard() {
    comes(alice);
    Arrival arrival = bench.arrival(alice.id());
    Tag wrong =
        SwarmKey.of("another drive")
            .dataTag(alice.id(), bench.self, arrival.nonce(), CHANNEL, HELLO.toBytes());
    bench.receive(arrival, wrong, false, HELLO);
    assertEquals(List.of(), bench.data);
    assertEquals(1, bench.dropped(SwarmDrop.FORGED_DATA));
  }

  @Test
  void whatWasChangedOrMeantForAnotherIsNotTaken() {
    comes(alice);
    Identity bob = bench.member();
    Arrival arrival = bench.arrival(alice.id());
    long nonce = arrival.nonce();
    byte[] hello = HELLO.toBytes();
    Tag right = KEY.dataTag(alice.id(), bench.self, nonce, CHANNEL, hello);
    bench.receive(arrival, right, false, bytes(3));
    bench.receive(arrival, right, true, HELLO);
    bench.receive(bench.arrival(alice.id()), right, false, HELLO);
    bench.receive(arrival, KEY.dataTag(alice.id(), bob.id(), nonce, CHANNEL, hello), false, HELLO);
    bench.receive(arrival, KEY.dataTag(bob.id(), bench.self, nonce, CHANNEL, hello), false, HELLO);
    bench.receive(
        arrival, KEY.dataTag(alice.id(), bench.self, nonce, CHANNEL + 1, hello), false, HELLO);
    assertEquals(List.of(), bench.data);
    assertEquals(6, bench.dropped(SwarmDrop.FORGED_DATA));
    bench.receive(arrival, right, false, HELLO);
    assertEquals(1, bench.data.size());
  }

  @Test
  void whatComesBeforeItsAuthorIsGivenThen() {
    Identity bob = identity();
    bench.receive(alice.id(), false, bytes(1));
    bench.receive(bob.id(), false, bytes(2));
    bench.receive(alice.id(), true, bytes(3));
    bench.pass(1.9);
    assertEquals(List.of(), bench.data);
    comes(alice);
    assertEquals(List.of(data(alice, bytes(1)), data(alice, bytes(3))), bench.data);
    comes(bob);
    assertEquals(data(bob, bytes(2)), bench.data.get(2));
    bench.pass(5);
    assertEquals(3, bench.data.size());
    assertEquals(0, bench.droppedInAll());
  }

  @Test
  void whoseAuthorDoesNotComeIsDropped() {
    bench.receive(alice.id(), false, HELLO);
    bench.pass(2);
    assertEquals(1, bench.dropped(SwarmDrop.UNKNOWN_AUTHOR));
    comes(alice);
    assertEquals(List.of(), bench.data);
  }

  @Test
  void whoHasLeftIsNotHeard() {
    comes(alice);
    bench.tell(null, bench.record(bench.word(alice, true), false));
    bench.receive(alice.id(), false, HELLO);
    bench.pass(3);
    assertEquals(List.of(), bench.data);
    assertEquals(1, bench.dropped(SwarmDrop.UNKNOWN_AUTHOR));
  }

  @Test
  void onlySoManyWaitForTheirAuthors() {
    int max = MemberBench.CONFIG.maxEarly();
    for (int i = 0; i < max + 2; i++) {
      bench.receive(alice.id(), false, bytes(1));
    }
    assertEquals(2, bench.dropped(SwarmDrop.TOO_MANY_EARLY));
    comes(alice);
    assertEquals(max, bench.data.size());
    bench.receive(identity().id(), false, bytes(1));
    assertEquals(2, bench.dropped(SwarmDrop.TOO_MANY_EARLY));
  }

  @Test
  void onlySoManyBytesWaitForTheirAuthors() {
    bench.receive(alice.id(), false, bytes(600));
    bench.receive(alice.id(), false, bytes(401));
    bench.receive(alice.id(), false, bytes(400));
    assertEquals(1, bench.dropped(SwarmDrop.TOO_MANY_EARLY));
    bench.pass(2);
    bench.receive(alice.id(), false, bytes(600));
    bench.receive(alice.id(), false, bytes(400));
    assertEquals(1, bench.dropped(SwarmDrop.TOO_MANY_EARLY));
    assertEquals(2, bench.dropped(SwarmDrop.UNKNOWN_AUTHOR));
  }

  @Test
  void whatIsTooLargeIsNotTaken() {
    comes(alice);
    bench.receive(alice.id(), false, bytes(700));
    bench.receive(alice.id(), true, bytes(100));
    assertEquals(2, bench.data.size());
    bench.receive(alice.id(), false, bytes(701));
    bench.receive(alice.id(), true, bytes(101));
    assertEquals(2, bench.data.size());
    assertEquals(2, bench.dropped(SwarmDrop.TOO_LARGE));
  }

  @Test
  void whatIsOfAnotherSwarmIsNotTaken() {
    comes(alice);
    SwarmKey other = SwarmKey.of("another drive");
    Arrival arrival = bench.arrival(alice.id());
    Tag tag = other.dataTag(alice.id(), bench.self, arrival.nonce(), CHANNEL, HELLO.toBytes());
    bench.swarms.onData(
        arrival, new Message.SwarmData(false, other.swarm(), CHANNEL, tag, HELLO), bench.nowNs);
    assertEquals(List.of(), bench.data);
  }

  @Test
  void whatIsSentIsTaggedForItsReceiver() {
    comes(alice);
    bench.sent.clear();
    bench.swarms.send(SWARM, alice.id(), CHANNEL, HELLO);
    bench.swarms.sendToAll(SWARM, CHANNEL, HELLO);
    List<PeerId> receivers = List.of(alice.id(), SWARM);
    for (int i = 0; i < 2; i++) {
      MemberBench.Sent sent = bench.sent.get(i);
      Message.SwarmData data = (Message.SwarmData) sent.message();
      assertEquals(receivers.get(i), sent.to());
      assertEquals(i == 1, data.toAll());
      assertEquals(SWARM, data.swarm());
      assertEquals(HELLO, data.payload());
      assertEquals(
          KEY.dataTag(bench.self, sent.to(), sent.nonce(), CHANNEL, HELLO.toBytes()), data.tag());
    }
    assertEquals(2, bench.sent.size());
  }

  @Test
  void whatWentNoFurtherIsCounted() {
    comes(alice);
    bench.sent.clear();
    for (int i = 0; i < 4; i++) {
      bench.swarms.send(SWARM, alice.id(), CHANNEL, HELLO);
    }
    // Of the first too much has been sent since.
    assertFalse(bench.swarms.onUndelivered(bench.sent.get(0).nonce()));
    assertTrue(bench.swarms.onUndelivered(bench.sent.get(1).nonce()));
    assertFalse(bench.swarms.onUndelivered(bench.sent.get(1).nonce()));
    assertTrue(bench.swarms.onUndelivered(bench.sent.get(3).nonce()));
    assertEquals(2, bench.dropped(SwarmDrop.UNDELIVERED));
  }

  @Test
  void nothingIsSentToWhoIsNotThere() {
    comes(alice);
    bench.tell(null, bench.record(bench.word(alice, true), false));
    bench.sent.clear();
    bench.swarms.send(SWARM, alice.id(), CHANNEL, HELLO);
    bench.swarms.send(SWARM, identity().id(), CHANNEL, HELLO);
    assertTrue(bench.sent.isEmpty());
    assertEquals(2, bench.dropped(SwarmDrop.UNKNOWN_PEER));
  }

  @Test
  void whoHasLeftSendsNothing() {
    comes(alice);
    bench.swarms.leave(SWARM);
    bench.sent.clear();
    bench.swarms.send(SWARM, alice.id(), CHANNEL, HELLO);
    bench.swarms.sendToAll(SWARM, CHANNEL, HELLO);
    bench.receive(alice.id(), false, HELLO);
    assertTrue(bench.sent.isEmpty());
    assertFalse(bench.data.contains(data(alice, HELLO)));
  }
}
