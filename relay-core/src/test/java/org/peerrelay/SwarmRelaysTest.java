package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peerrelay.TestMember.utf8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.TestPeer;

/** A swarm whose members are at several relays. */
class SwarmRelaysTest {
  private static final SwarmKey KEY = SwarmKey.of("a drive");
  private static final int RELAYS = 4;

  private final List<TestMember> members = new ArrayList<>();
  private RelayMesh mesh;

  @BeforeEach
  void start() throws IOException {
    mesh = RelayMesh.of(RELAYS);
  }

  @AfterEach
  void stop() {
    members.forEach(TestMember::close);
    mesh.close();
  }

  private TestMember member(int... relays) throws IOException {
    TestMember member = TestMember.of(mesh.leaf(relays), KEY);
    members.add(member);
    return member;
  }

  private void awaitAllThere() {
    members.forEach(one -> members.stream().filter(other -> other != one).forEach(one::awaitThere));
  }

  /** Who is told of no change but joins, of as many as there are others. */
  private static void assertOnlyJoins(TestMember member, int count) {
    for (int i = 1; i <= count; i++) {
      member.assertNext("join " + i);
    }
    assertEquals(0, member.changes());
  }

  @Test
  void membersAtAllRelaysSeeAndHearOneAnother() throws IOException {
    for (int i = 0; i < 2 * RELAYS; i++) {
      member(i % RELAYS);
    }
    awaitAllThere();
    List<Topic> topics = members.stream().map(member -> member.topic("chat")).toList();
    for (int i = 0; i < members.size(); i++) {
      TestMember author = members.get(i);
      topics.get(i).broadcast(utf8("all " + i));
      for (TestMember member : members) {
        if (member != author) {
          member.assertSaid(author, "all " + i);
        }
      }
      TestMember next = members.get((i + 1) % members.size());
      topics.get(i).send(author.numberOf(next), utf8("one " + i));
      next.assertSaid(author, "one " + i);
    }
  }

  @Test
  void relaysThatAreMembersSeeAndHearAllToo() throws IOException {
    for (int i = 0; i < RELAYS; i++) {
      members.add(TestMember.of(mesh.relay(i), KEY));
    }
    member(0);
    awaitAllThere();
    List<Topic> topics = members.stream().map(member -> member.topic("chat")).toList();
    for (int i = 0; i < members.size(); i++) {
      TestMember author = members.get(i);
      topics.get(i).broadcast(utf8("all " + i));
      for (TestMember member : members) {
        if (member != author) {
          member.assertSaid(author, "all " + i);
        }
      }
    }
  }

  @Test
  void aMemberWhoseHomeGoesIsNotSeenToLeave() throws IOException {
    TestMember moving = member(1, 2);
    TestMember staying = member(3);
    awaitAllThere();
    assertOnlyJoins(staying, 1);
    mesh.relay(1).close();
    TestMember newcomer = member(3);
    awaitAllThere();
    assertOnlyJoins(moving, 2);
    staying.assertNext("join 2");
    moving.topic("chat");
    newcomer.topic("chat").send(newcomer.numberOf(moving), utf8("still there"));
    moving.assertSaid(newcomer, "still there");
    assertEquals(0, staying.changes());
  }

  @Test
  void aSwarmOutlivesTheRelaysNearestToIt() throws IOException {
    List<TestPeer> byDistance = new ArrayList<>(mesh.relays);
    byDistance.sort((one, other) -> KEY.swarm().compareDistance(one.id(), other.id()));
    int last = mesh.relays.indexOf(byDistance.get(RELAYS - 1));
    TestMember before = member(last);
    for (int i = 0; i < RELAYS - 1; i++) {
      byDistance.get(i).close();
      member(last);
      awaitAllThere();
    }
    assertOnlyJoins(before, RELAYS - 1);
  }
}
