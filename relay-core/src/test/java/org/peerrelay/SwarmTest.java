package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.TestPeer;

/** Who is in a swarm, as its members see it, at one relay. */
class SwarmTest {
  private static final SwarmKey KEY = SwarmKey.of("a drive");

  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestPeer relay;
  private TestMember alice;
  private TestMember bob;

  @BeforeEach
  void start() throws IOException {
    relay = TestPeer.relay();
    alice = member(KEY);
    bob = member(KEY);
    alice.assertNext("join 1");
    bob.assertNext("join 1");
  }

  private TestMember member(SwarmKey key) throws IOException {
    TestMember member = TestMember.of(TestPeer.leaf(relay), key);
    opened.add(member);
    return member;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    relay.close();
  }

  @Test
  void membersSeeOneAnother() {
    assertEquals(KEY.swarm(), alice.swarm.id());
    assertEquals(Map.of(1, bob.peer.id()), alice.swarm.peers());
    assertEquals(Map.of(1, alice.peer.id()), bob.swarm.peers());
    assertEquals(bob.peer.id(), alice.swarm.idOf(1));
    assertNull(alice.swarm.idOf(2));
    assertEquals(1, alice.numberOf(bob));
    assertEquals(0, alice.numberOf(alice));
  }

  @Test
  void membersOfAnotherSwarmAreNotSeen() throws IOException {
    TestMember other = member(SwarmKey.of("another drive"));
    TestMember carol = member(KEY);
    alice.assertNext("join 2");
    assertEquals(2, alice.numberOf(carol));
    assertEquals(0, alice.numberOf(other));
    assertEquals(Map.of(), other.swarm.peers());
  }

  @Test
  void aWatchBeginsWithWhoIsThereAndEndsAlone() throws IOException, InterruptedException {
    BlockingQueue<Integer> joins = new LinkedBlockingQueue<>();
    Watch watch = alice.swarm.watch(joins::add, number -> {});
    assertEquals(1, joins.poll(20, TimeUnit.SECONDS));
    member(KEY);
    assertEquals(2, joins.poll(20, TimeUnit.SECONDS));
    alice.assertNext("join 2");
    watch.close();
    member(KEY);
    alice.assertNext("join 3");
    assertEquals(0, joins.size());
    watch.close();
  }

  @Test
  void aWatchThatThrowsStopsNothing() throws IOException {
    alice.swarm.watch(
        number -> {
          throw new AssertionError("part of the test");
        },
        number -> {});
    member(KEY);
    alice.assertNext("join 2");
  }

  @Test
  void whoLeavesAndComesBackKeepsItsNumber() throws IOException {
    TestMember carol = member(KEY);
    alice.assertNext("join 2");
    bob.swarm.close();
    alice.assertNext("leave 1");
    assertEquals(Map.of(2, carol.peer.id()), alice.swarm.peers());
    assertEquals(bob.peer.id(), alice.swarm.idOf(1));
    Swarm again = bob.peer.peer().swarm(KEY);
    assertNotSame(bob.swarm, again);
    alice.assertNext("join 1");
    assertEquals(Map.of(1, bob.peer.id(), 2, carol.peer.id()), alice.swarm.peers());
  }

  @Test
  void whoIsClosedHasLeft() {
    bob.peer.close();
    alice.assertNext("leave 1");
    assertEquals(Map.of(), alice.swarm.peers());
    assertEquals(Map.of(), bob.swarm.peers());
  }

  @Test
  void whoComesBackAtOnceIsNotSeenToGo() {
    relay.peer().disconnect(bob.peer.id());
    bob.peer.awaitLinksMade(2);
    TestPeer.awaitUntil(() -> bob.swarm.peers().size() == 1, "back");
    assertEquals(0, alice.changes());
    assertEquals(0, bob.changes());
  }

  @Test
  void oneKeyIsOneSwarmAndIsClosedAsOften() {
    Swarm second = bob.peer.peer().swarm(SwarmKey.of("a drive"));
    assertSame(bob.swarm, second);
    second.close();
    assertEquals(1, bob.swarm.peers().size());
    assertEquals(0, alice.changes());
    bob.swarm.close();
    alice.assertNext("leave 1");
    Swarm third = bob.peer.peer().swarm(KEY);
    bob.swarm.close();
    alice.assertNext("join 1");
    third.joined().orTimeout(20, TimeUnit.SECONDS).join();
    assertEquals(0, alice.changes());
  }

  @Test
  void aSwarmCanBeJoinedBeforeThereIsALink() throws IOException {
    TestPeer early = TestPeer.of(builder -> builder.bootstrap(relay.url()));
    opened.add(early);
    early.peer().swarm(KEY).joined().orTimeout(20, TimeUnit.SECONDS).join();
    alice.assertNext("join 2");
    assertEquals(early.id(), alice.swarm.idOf(2));
  }

  @Test
  void whoHasLeftBeforeItJoinedIsTold() throws IOException {
    TestPeer alone = TestPeer.of(builder -> builder);
    opened.add(alone);
    Swarm swarm = alone.peer().swarm(KEY);
    CompletableFuture<Void> joined = swarm.joined();
    swarm.close();
    CompletionException failure =
        assertThrows(
            CompletionException.class, () -> joined.orTimeout(20, TimeUnit.SECONDS).join());
    assertTrue(failure.getCause() instanceof IllegalStateException, failure::toString);
    alone.close();
    Swarm after = alone.peer().swarm(KEY);
    assertThrows(
        CompletionException.class, () -> after.joined().orTimeout(20, TimeUnit.SECONDS).join());
  }

  @Test
  void noMoreSwarmsAreJoinedThanMayBe() throws IOException {
    TestPeer alone = TestPeer.of(builder -> builder);
    opened.add(alone);
    List<Swarm> swarms = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      swarms.add(alone.peer().swarm(SwarmKey.of("drive " + i)));
    }
    SwarmKey another = SwarmKey.of("another");
    assertThrows(IllegalStateException.class, () -> alone.peer().swarm(another));
    assertSame(swarms.get(0), alone.peer().swarm(SwarmKey.of("drive 0")));
    swarms.get(1).close();
    assertEquals(another.swarm(), alone.peer().swarm(another).id());
  }

  @Test
  void aRelayCanBeAMember() {
    TestMember member = TestMember.of(relay, KEY);
    alice.assertNext("join 2");
    assertEquals(relay.id(), alice.swarm.idOf(2));
    List<PeerId> others = List.of(alice.peer.id(), bob.peer.id());
    TestPeer.awaitUntil(() -> member.swarm.peers().values().containsAll(others), "knows all");
    member.swarm.close();
    alice.assertNext("leave 2");
  }
}
