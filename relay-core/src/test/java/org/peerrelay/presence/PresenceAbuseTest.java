package org.peerrelay.presence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Accept;
import org.peerrelay.presence.PresenceFrame.Alive;
import org.peerrelay.presence.PresenceFrame.Announce;
import org.peerrelay.presence.PresenceFrame.Ask;
import org.peerrelay.presence.PresenceFrame.AskPages;
import org.peerrelay.presence.PresenceFrame.Disconnect;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.PeerVersions;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.presence.PresenceFrame.Versions;

/** Members that flood, lie and replay: what each is refused, and that others do not notice. */
class PresenceAbuseTest {
  private static final int HONEST = 12;
  private static final int ATTACKER = 100;

  private final TestSwarm swarm = new TestSwarm(1);
  private List<TestSwarm.Member> honest = List.of();
  private TestSwarm.Member victim;
  private PeerId attacker;

  /** Twelve honest members, the first of which has a link with the attacker. */
  @BeforeEach
  void link() {
    honest = swarm.join(1, HONEST);
    swarm.run(15);
    victim = honest.get(0);
    attacker = swarm.puppet(ATTACKER);
    swarm.say(attacker, victim, new Ask(true));
    swarm.say(attacker, victim, new Alive(0));
    swarm.run(0.1);
    assertTrue(victim.node.neighbours().contains(attacker));
  }

  private void push(SignedRecord... records) {
    swarm.say(attacker, victim, new Push(List.of(records)));
  }

  private void assertHonestUnharmed() {
    for (TestSwarm.Member member : honest) {
      for (TestSwarm.Member other : honest) {
        assertTrue(member.node.online().contains(other.id), member.id + " sees " + other.id);
      }
    }
  }

  @Test
  void oneThatClaimsLinksWithEverybodyIsNotOnline() {
    PeerId[] all = honest.stream().skip(1).map(member -> member.id).toArray(PeerId[]::new);
    push(TestSignatures.links(attacker, 1, all));
    swarm.run(5);
    for (TestSwarm.Member member : honest.subList(1, HONEST)) {
      assertFalse(member.node.online().contains(attacker), "nobody else has agreed");
    }
    assertHonestUnharmed();
  }

  @Test
  void invitedFriendsWhoAreNoMembersAreNotOnline() {
    PeerId invented = TestSwarm.id(200);
    push(
        TestSignatures.links(attacker, 1, victim.id, invented),
        TestSignatures.links(invented, 1, attacker));
    swarm.run(3);
    assertTrue(victim.node.online().contains(attacker));
    assertFalse(victim.node.online().contains(invented));
    assertEquals(1, victim.drops(PresenceDrop.UNKNOWN_MEMBER));
    assertNull(victim.node.peerData(invented));
  }

  @Test
  void aRecordOfAPeerThatIsAMemberALittleLaterCounts() {
    PeerId late = TestSwarm.id(200);
    push(TestSignatures.data(late, 1, new byte[] {7}));
    assertNull(victim.node.peerData(late));
    swarm.puppet(200);
    assertArrayEquals(new byte[] {7}, victim.node.peerData(late));
    swarm.run(3);
    assertArrayEquals(new byte[] {7}, honest.get(HONEST - 1).node.peerData(late));
  }

  @Test
  void aForgedRecordEndsTheLinkAndGoesNoFurther() {
    TestSwarm.Member other = honest.get(5);
    LinksRecord real = TestSignatures.links(attacker, Long.MAX_VALUE);
    push(new LinksRecord(other.id, Long.MAX_VALUE, List.of(), real.signature()));
    assertEquals(1, victim.drops(PresenceDrop.FORGED));
    assertFalse(victim.node.neighbours().contains(attacker));
    swarm.say(attacker, victim, new Ask(true));
    assertEquals(1, victim.drops(PresenceDrop.BANNED));
    swarm.run(5);
    assertHonestUnharmed();
    for (TestSwarm.Member member : honest.subList(1, HONEST)) {
      assertEquals(0, member.drops(PresenceDrop.FORGED), "nobody passes it on");
    }
  }

  @Test
  void recordsThatAreReplayedAreKnown() {
    TestSwarm.Member talker = honest.get(3);
    talker.node.setData(new byte[] {1});
    swarm.run(2);
    DataRecord old = TestSignatures.data(talker.id, 1_000_000, new byte[] {9});
    talker.node.setData(new byte[] {2});
    swarm.run(2);
    long known = victim.drops(PresenceDrop.KNOWN_RECORD);
    push(old);
    assertEquals(known + 1, victim.drops(PresenceDrop.KNOWN_RECORD));
    swarm.run(2);
    assertArrayEquals(new byte[] {2}, victim.node.peerData(talker.id));
    assertHonestUnharmed();
  }

  @Test
  void prunedDataDoNotComeBackByReplay() {
    PeerId gone = swarm.puppet(200);
    DataRecord data = TestSignatures.data(gone, 5, new byte[] {7});
    push(TestSignatures.links(gone, 5, attacker), data);
    assertNotNull(victim.node.peerData(gone));
    swarm.run(70);
    assertNull(victim.node.peerData(gone));
    swarm.say(attacker, victim, new Ask(true));
    swarm.say(attacker, victim, new Alive(0));
    push(data, TestSignatures.data(gone, 4, new byte[] {6}));
    swarm.run(1);
    assertNull(victim.node.peerData(gone));
  }

  @Test
  void oneThatChangesTooOftenIsHeardOnceASecond() {
    TestSwarm.Member far = honest.get(HONEST - 1);
    int before = far.events.size();
    int changes = 600;
    for (int i = 0; i < changes; i++) {
      push(TestSignatures.data(attacker, i + 1, new byte[] {1}));
      swarm.run(0.1);
    }
    int heard = far.events.size() - before;
    assertTrue(heard >= 50 && heard <= 60 + 10 + 5, "heard: " + heard);
    assertTrue(victim.drops(PresenceDrop.ORIGIN_RATE) >= changes - 80);
    assertHonestUnharmed();
  }

  @Test
  void oneThatFloodsIsLeftOut() {
    for (int i = 0; i < 5_000; i++) {
      swarm.say(attacker, victim, new AskPages(0, 255));
    }
    assertTrue(victim.drops(PresenceDrop.NEIGHBOUR_RATE) >= 3_900);
    assertTrue(victim.drops(PresenceDrop.ANSWER_RATE) >= 10);
    swarm.heard.clear();
    swarm.run(0.1);
    int bytes = swarm.heard.stream().mapToInt(PresenceFrame::encodedBytes).sum();
    assertTrue(bytes <= 300_000, "answered bytes: " + bytes);
    swarm.run(5);
    assertHonestUnharmed();
  }

  @Test
  void strangersThatFloodAreAnsweredAFewTimes() {
    PeerId stranger = swarm.puppet(300);
    for (int i = 0; i < 1_000; i++) {
      swarm.say(stranger, victim, new AskPages(0, 4));
      swarm.say(stranger, victim, new Accept());
    }
    assertTrue(victim.drops(PresenceDrop.STRANGER_RATE) >= 1_980);
    swarm.heard.clear();
    swarm.run(0.1);
    long refusals = swarm.heard.stream().filter(Disconnect.class::isInstance).count();
    assertTrue(refusals >= 1 && refusals <= 10, "refusals: " + refusals);
  }

  @Test
  void urgentRequestsDoNotThrowOutAllNeighbours() {
    Set<PeerId> before = Set.copyOf(victim.node.neighbours());
    for (int i = 0; i < 50; i++) {
      PeerId needy = swarm.puppet(300 + i);
      swarm.say(needy, victim, new Ask(true));
      swarm.say(needy, victim, new Alive(0));
    }
    assertTrue(victim.node.neighbours().size() <= 8);
    assertTrue(victim.drops(PresenceDrop.LINKS_FULL) >= 40);
    long kept = victim.node.neighbours().stream().filter(before::contains).count();
    assertTrue(kept >= before.size() - 2, "kept: " + kept + " of " + before.size());
    swarm.run(30);
    assertHonestUnharmed();
  }

  @Test
  void thoseThatAskCannotSurroundOneThatHasCome() {
    TestSwarm.Member late = swarm.join(50);
    for (int round = 0; round < 12; round++) {
      for (int i = 0; i < 20; i++) {
        PeerId surrounding = swarm.puppet(300 + i);
        swarm.say(surrounding, late, new Ask(true));
        swarm.say(surrounding, late, new Alive(0));
      }
      swarm.run(5);
    }
    Set<PeerId> puppets = swarm.puppets;
    long honestNeighbours =
        late.node.neighbours().stream().filter(peer -> !puppets.contains(peer)).count();
    assertTrue(honestNeighbours >= 2, "honest neighbours: " + honestNeighbours);
    for (TestSwarm.Member member : honest) {
      assertTrue(late.node.online().contains(member.id), "it sees " + member.id);
      assertTrue(member.node.online().contains(late.id), member.id + " sees it");
    }
  }

  @Test
  void announcementsOfWhatThereIsNotCostLittle() {
    List<RecordId> invented = new ArrayList<>();
    List<PeerVersions> versions = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      PeerId member = swarm.puppet(1_000 + i);
      invented.add(new RecordId(RecordKind.LINKS, member, Long.MAX_VALUE));
      versions.add(new PeerVersions(member, Long.MAX_VALUE, Long.MAX_VALUE));
    }
    swarm.say(attacker, victim, new Announce(invented));
    swarm.say(attacker, victim, new Versions(List.of(), versions));
    assertTrue(victim.drops(PresenceDrop.WANTED_FULL) >= 700 - 512);
    swarm.run(30);
    assertHonestUnharmed();
  }

  @Test
  void malformedFramesPagesThatNobodyAskedForAndOutsidersAreCounted() {
    victim.node.onMessage(attacker, new byte[] {1, 7}, swarm.nowNs);
    victim.node.onMessage(attacker, new byte[] {99}, swarm.nowNs);
    swarm.say(attacker, victim, new Page(0, 0, List.of()));
    swarm.say(TestSwarm.id(999), victim, new Ask(true));
    swarm.say(victim.id, victim, new Ask(true));
    assertEquals(1, victim.drops(PresenceDrop.MALFORMED));
    assertEquals(1, victim.drops(PresenceDrop.UNKNOWN_KIND));
    assertEquals(1, victim.drops(PresenceDrop.UNASKED_PAGE));
    assertEquals(2, victim.drops(PresenceDrop.NOT_A_MEMBER));
  }

  @Test
  void dataThatAreTooLongAndMembersThatAreTooManyAreLeftOut() {
    push(TestSignatures.data(attacker, 1, new byte[4_097]));
    assertEquals(1, victim.drops(PresenceDrop.DATA_TOO_LONG));
    assertNull(victim.node.peerData(attacker));
    TestSwarm.Member narrow = new TestSwarm(1, withMaxMembers(3)).join(1);
    for (int i = 2; i < 10; i++) {
      narrow.node.onMember(TestSwarm.id(i), 0);
    }
    assertEquals(7 - 1, narrow.drops(PresenceDrop.MEMBERS_FULL));
  }

  private static PresenceConfig withMaxMembers(int members) {
    BoundConfig bounds = BoundConfig.DEFAULT;
    return PresenceConfig.DEFAULT.withBounds(
        new BoundConfig(
            members,
            bounds.maxDataBytes(),
            bounds.origin(),
            bounds.stranger(),
            bounds.maxStrangers(),
            bounds.evictions(),
            bounds.neighbourBytes(),
            bounds.neighbourFrames(),
            bounds.pushBytes(),
            bounds.answerBytes(),
            bounds.maxWanted(),
            bounds.maxAnnouncements(),
            bounds.maxEarly()));
  }
}
