package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.TestMember.utf8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.TestPeer;

/** What the members of a swarm say to one another, at one relay. */
class TopicTest {
  private static final SwarmKey KEY = SwarmKey.of("a drive");
  private static final int MAX_BYTES = 65_492;
  private static final int MAX_CAST_BYTES = 16_384;

  private final List<TestMember> members = new ArrayList<>();
  private TestPeer relay;
  private TestMember alice;
  private TestMember bob;
  private TestMember carol;

  @BeforeEach
  void start() throws IOException {
    relay = TestPeer.relay();
    alice = member();
    bob = member();
    carol = member();
    members.forEach(one -> members.stream().filter(other -> other != one).forEach(one::awaitThere));
  }

  private TestMember member() throws IOException {
    TestMember member = TestMember.of(TestPeer.leaf(relay), KEY);
    members.add(member);
    return member;
  }

  @AfterEach
  void stop() {
    members.forEach(TestMember::close);
    relay.close();
  }

  /** That what alice says now is the next that {@code member} hears. */
  private void assertNextFromAlice(Topic topic, TestMember member, String text) {
    topic.send(alice.numberOf(member), utf8(text));
    member.assertSaid(alice, text);
  }

  @Test
  void oneMemberGetsWhatIsSentToIt() {
    Topic topic = alice.topic("chat");
    bob.topic("chat");
    carol.topic("chat");
    assertEquals("chat", topic.name());
    topic.send(alice.numberOf(bob), utf8("for bob"));
    bob.assertSaid(alice, "for bob");
    assertNextFromAlice(topic, carol, "for carol");
    assertNextFromAlice(topic, bob, "");
  }

  @Test
  void allOthersGetWhatIsForAll() {
    Topic topic = alice.topic("chat");
    bob.topic("chat");
    carol.topic("chat");
    topic.broadcast(utf8("for all"));
    bob.assertSaid(alice, "for all");
    carol.assertSaid(alice, "for all");
    Topic bobs = bob.topic("chat", "second ");
    bobs.broadcast(utf8("again"));
    alice.assertSaid(bob, "again");
    carol.assertSaid(bob, "again");
  }

  @Test
  void theLargestArriveAndLargerOnesAreRefused() {
    Topic topic = alice.topic("chat");
    bob.topic("chat");
    String large = "x".repeat(MAX_BYTES);
    assertNextFromAlice(topic, bob, large);
    topic.broadcast(utf8(large.substring(0, MAX_CAST_BYTES)));
    bob.assertSaid(alice, large.substring(0, MAX_CAST_BYTES));
    int number = alice.numberOf(bob);
    assertThrows(IllegalArgumentException.class, () -> topic.send(number, new byte[MAX_BYTES + 1]));
    assertThrows(
        IllegalArgumentException.class, () -> topic.broadcast(new byte[MAX_CAST_BYTES + 1]));
  }

  @Test
  void whatIsForATopicThatNobodyHasJoinedIsDiscarded() {
    Topic topic = alice.topic("chat");
    topic.send(alice.numberOf(bob), utf8("nobody hears"));
    bob.awaitDropped(SwarmDrop.NO_TOPIC, 1);
    bob.topic("chat");
    assertNextFromAlice(topic, bob, "heard");
  }

  @Test
  void topicsAreKeptApart() {
    bob.topic("chat", "chat ");
    bob.topic("news", "news ");
    alice.topic("news").send(alice.numberOf(bob), utf8("1"));
    bob.assertSaid(alice, "news 1");
    alice.topic("chat").send(alice.numberOf(bob), utf8("2"));
    bob.assertSaid(alice, "chat 2");
  }

  @Test
  void eachInstanceIsClosedForItself() {
    Topic topic = alice.topic("chat");
    Topic first = bob.topic("chat", "first ");
    Topic second = bob.topic("chat", "second ");
    topic.send(alice.numberOf(bob), utf8("1"));
    bob.assertSaid(alice, "first 1");
    bob.assertSaid(alice, "second 1");
    first.close();
    first.close();
    topic.send(alice.numberOf(bob), utf8("2"));
    bob.assertSaid(alice, "second 2");
    second.close();
    topic.send(alice.numberOf(bob), utf8("3"));
    bob.awaitDropped(SwarmDrop.NO_TOPIC, 1);
  }

  @Test
  void unknownAndDepartedNumbersAreIgnoredAndCounted() {
    Topic topic = alice.topic("chat");
    int carols = alice.numberOf(carol);
    carol.swarm.close();
    alice.awaitGone(carol);
    for (int number : new int[] {-1, 0, 3, carols}) {
      topic.send(number, utf8("nobody"));
    }
    assertEquals(4, alice.swarm.counts().of(SwarmDrop.UNKNOWN_PEER));
  }

  @Test
  void aClosedTopicAndALeftSwarmSendNothing() {
    Topic closed = alice.topic("chat");
    Topic open = alice.topic("chat");
    closed.close();
    closed.broadcast(utf8("nothing"));
    closed.send(1, utf8("nothing"));
    alice.swarm.close();
    open.broadcast(utf8("nothing"));
    open.send(1, utf8("nothing"));
    assertEquals(4, alice.swarm.counts().of(SwarmDrop.CLOSED));
  }

  @Test
  void aListenerThatThrowsStopsNothing() {
    bob.swarm.topic(
        "chat",
        (number, data) -> {
          throw new AssertionError("part of the test");
        });
    bob.topic("chat");
    assertNextFromAlice(alice.topic("chat"), bob, "heard");
  }

  @Test
  void eachListenerHasItsOwnBytes() {
    CompletableFuture<byte[]> changed = new CompletableFuture<>();
    bob.swarm.topic(
        "chat",
        (number, data) -> {
          data[0] = 'x';
          changed.complete(data);
        });
    bob.topic("chat");
    assertNextFromAlice(alice.topic("chat"), bob, "heard");
    assertEquals('x', changed.orTimeout(20, TimeUnit.SECONDS).join()[0]);
  }

  @Test
  void whatIsSentFasterThanItGoesOutIsCounted() {
    Topic topic = alice.topic("chat");
    int number = alice.numberOf(bob);
    CompletableFuture<Void> sent = new CompletableFuture<>();
    // It holds the loop that would send them: 20 MB are more than may wait.
    alice.swarm.watch(
        one -> {
          for (int i = 0; !sent.isDone() && i < 320; i++) {
            topic.send(number, new byte[MAX_BYTES]);
          }
          sent.complete(null);
        },
        one -> {});
    sent.orTimeout(20, TimeUnit.SECONDS).join();
    assertTrue(alice.swarm.counts().of(SwarmDrop.QUEUE_FULL) >= 60);
  }

  @Test
  void noMoreTopicsAreOpenThanMayBe() {
    List<Topic> topics = new ArrayList<>();
    for (int i = 0; i < 1_024; i++) {
      topics.add(alice.topic("topic " + i));
    }
    assertThrows(IllegalStateException.class, () -> alice.topic("topic 0"));
    topics.get(0).close();
    alice.topic("topic 0");
  }

  @Test
  void aRelaysOwnTopicsAreAsAnyOther() {
    TestMember own = TestMember.of(relay, KEY);
    own.awaitThere(alice);
    alice.awaitThere(own);
    Topic relays = own.topic("chat");
    Topic topic = alice.topic("chat");
    bob.awaitThere(own);
    bob.topic("chat");
    relays.send(own.numberOf(alice), utf8("one"));
    alice.assertSaid(own, "one");
    topic.send(alice.numberOf(own), utf8("two"));
    own.assertSaid(alice, "two");
    relays.broadcast(utf8("three"));
    alice.assertSaid(own, "three");
    bob.assertSaid(own, "three");
    topic.broadcast(utf8("four"));
    own.assertSaid(alice, "four");
    bob.assertSaid(alice, "four");
  }
}
