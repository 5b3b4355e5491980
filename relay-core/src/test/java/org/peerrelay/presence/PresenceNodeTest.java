package org.peerrelay.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;

/** Whole swarms: who sees whom online, when members come, go, crash and are cut off. */
class PresenceNodeTest {
  private static final int MANY = 40;

  private static void assertAllSeeEachOther(Collection<TestSwarm.Member> members, String when) {
    Set<PeerId> all = new HashSet<>();
    members.forEach(member -> all.add(member.id));
    for (TestSwarm.Member member : members) {
      assertEquals(all, Set.copyOf(member.node.online()), when + ": " + member.id);
      assertEquals(all, member.told, when + ", as told: " + member.id);
    }
  }

  @Test
  void twoFindEachOther() {
    TestSwarm swarm = new TestSwarm(1);
    TestSwarm.Member first = swarm.join(1);
    TestSwarm.Member second = swarm.join(2);
    first.node.setData("one".getBytes(UTF_8));
    swarm.run(5);
    assertAllSeeEachOther(swarm.members.values(), "after 5 s");
    assertEquals(List.of(first.id, second.id), List.copyOf(first.node.online()));
    assertArrayEquals("one".getBytes(UTF_8), second.node.peerData(first.id));
    assertNull(first.node.peerData(second.id));
    assertArrayEquals("one".getBytes(UTF_8), first.node.data());
    assertNull(second.node.data());
    assertEquals(List.of(second.id), first.node.neighbours());
    assertTrue(first.events.contains("add " + second.id), first.events::toString);
    assertTrue(first.events.contains("seen " + second.id + " " + first.id));
    assertTrue(second.events.contains("data one " + first.id));
    assertEquals(1, first.bootstraps);
    assertEquals(1, second.bootstraps);
  }

  @Test
  void onePeerAloneIsOnlineAndWaits() {
    TestSwarm swarm = new TestSwarm(1);
    TestSwarm.Member alone = swarm.join(1);
    swarm.run(5);
    assertEquals(Set.of(alone.id), alone.node.online());
    assertEquals(0, alone.bootstraps);
    assertEquals(0, alone.sentFrames);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void manySeeEachOtherThroughComingAndGoing(long seed) {
    TestSwarm swarm = new TestSwarm(seed);
    swarm.loss = 0.01;
    List<TestSwarm.Member> members = swarm.join(1, MANY);
    swarm.run(40);
    assertAllSeeEachOther(swarm.members.values(), "seed " + seed + ", in the beginning");
    for (TestSwarm.Member member : members) {
      int links = member.node.neighbours().size();
      assertTrue(links >= 4 && links <= 8, "seed " + seed + ", links: " + links);
    }
    members.subList(0, 5).forEach(swarm::crash);
    members.subList(5, 10).forEach(member -> member.node.close());
    members.subList(5, 10).forEach(swarm::crash);
    swarm.run(30);
    assertAllSeeEachOther(swarm.members.values(), "seed " + seed + ", when ten are gone");
    swarm.join(MANY + 1, MANY + 5);
    swarm.run(20);
    assertAllSeeEachOther(swarm.members.values(), "seed " + seed + ", when five have come");
    swarm.members.values().forEach(member -> assertEquals(1, member.bootstraps));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aPartitionHeals(long seed) {
    TestSwarm swarm = new TestSwarm(seed);
    List<TestSwarm.Member> members = swarm.join(1, MANY);
    members.forEach(member -> member.node.setData(member.id.hex().getBytes(UTF_8)));
    swarm.run(20);
    Set<PeerId> half = new HashSet<>();
    members.subList(0, MANY / 2).forEach(member -> half.add(member.id));
    swarm.passes = (from, to) -> half.contains(from) == half.contains(to);
    swarm.run(100);
    Predicate<TestSwarm.Member> inHalf = member -> half.contains(member.id);
    assertAllSeeEachOther(members.stream().filter(inHalf).toList(), "seed " + seed + ", one half");
    assertAllSeeEachOther(
        members.stream().filter(inHalf.negate()).toList(), "seed " + seed + ", the other half");
    PeerId other = members.get(MANY - 1).id;
    assertNull(members.get(0).node.peerData(other), "pruned data are forgotten");
    swarm.passes = (from, to) -> true;
    swarm.run(60);
    assertAllSeeEachOther(members, "seed " + seed + ", healed");
    for (TestSwarm.Member member : members) {
      for (TestSwarm.Member shown : members) {
        assertNotNull(
            member.node.peerData(shown.id), "seed " + seed + ": data come again when pruned");
      }
    }
  }

  /** Two swarms that have never heard of each other become one: every link is within a clique. */
  @Test
  void twoCliquesBecomeOne() {
    TestSwarm swarm = new TestSwarm(4);
    swarm.passes = (from, to) -> from.low() <= 8 == to.low() <= 8;
    List<TestSwarm.Member> members = swarm.join(1, 16);
    swarm.run(20);
    assertEquals(8, members.get(0).node.online().size());
    assertEquals(8, members.get(15).node.online().size());
    swarm.passes = (from, to) -> true;
    swarm.run(30);
    assertAllSeeEachOther(members, "when they can reach each other");
  }

  @Test
  void goodbyeIsHeardAtOnceAndACrashWhenSilent() {
    TestSwarm swarm = new TestSwarm(5);
    List<TestSwarm.Member> members = swarm.join(1, 10);
    swarm.run(15);
    TestSwarm.Member polite = members.get(0);
    polite.node.close();
    swarm.crash(polite);
    swarm.run(2.5);
    assertAllSeeEachOther(swarm.members.values(), "2.5 s after goodbye");
    TestSwarm.Member crashed = members.get(1);
    swarm.crash(crashed);
    swarm.run(20);
    assertAllSeeEachOther(swarm.members.values(), "20 s after a crash");
  }

  @Test
  void whoLeavesTheSwarmIsForgottenAtOnce() {
    TestSwarm swarm = new TestSwarm(6);
    List<TestSwarm.Member> members = swarm.join(1, 10);
    members.forEach(member -> member.node.setData(new byte[] {1}));
    swarm.run(15);
    PeerId gone = members.get(3).id;
    swarm.leave(gone);
    for (TestSwarm.Member member : swarm.members.values()) {
      assertFalse(member.node.online().contains(gone));
      assertNull(member.node.peerData(gone));
    }
    swarm.run(10);
    assertAllSeeEachOther(swarm.members.values(), "when one has left");
  }

  /** It sees its own record of an earlier life, made when its clock was ahead, and goes beyond. */
  @Test
  void aPeerThatComesAgainWithAnEarlierClockIsHeard() {
    TestSwarm swarm = new TestSwarm(7);
    List<TestSwarm.Member> members = swarm.join(1, 6);
    swarm.run(15);
    TestSwarm.Member first = members.get(0);
    TestSwarm.Member neighbour = swarm.members.get(first.node.neighbours().get(0));
    assertNotNull(neighbour);
    swarm.crash(first);
    long future = 5_000_000_000_000L;
    swarm.say(
        neighbour.node.neighbours().get(0),
        neighbour,
        new PresenceFrame.Push(
            List.of(
                TestSignatures.links(first.id, future),
                TestSignatures.data(first.id, future, "old".getBytes(UTF_8)))));
    swarm.run(20);
    TestSwarm.Member again = swarm.join(1);
    again.node.setData("new".getBytes(UTF_8));
    swarm.run(40);
    assertAllSeeEachOther(swarm.members.values(), "when it has come again");
    for (TestSwarm.Member member : swarm.members.values()) {
      assertArrayEquals("new".getBytes(UTF_8), member.node.peerData(first.id));
    }
  }

  @Test
  void dataThatAreTooLongAreRefused() {
    TestSwarm.Member member = new TestSwarm(8).join(1);
    assertThrows(IllegalArgumentException.class, () -> member.node.setData(new byte[4_097]));
    member.node.setData(new byte[4_096]);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void twoRunsOfOneSeedAreEqual(long seed) {
    assertEquals(history(seed), history(seed));
  }

  private static List<String> history(long seed) {
    TestSwarm swarm = new TestSwarm(seed);
    swarm.loss = 0.05;
    List<TestSwarm.Member> members = swarm.join(1, 20);
    swarm.run(20);
    return members.stream().map(member -> member.sentFrames + " " + member.events).toList();
  }
}
