package org.peerrelay.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Refusal;
import org.peerrelay.wire.binary.MembershipCodec;

/** Who is believed, who is told, and when somebody counts as gone. */
class SwarmDirectoryTest {
  private final DirectoryBench bench = new DirectoryBench();

  private static List<PeerId> peers(List<SwarmRecord> records) {
    return records.stream().map(record -> record.membership().peer()).toList();
  }

  @Test
  void membersOfOneRelayHearOfEachOther() {
    Identity first = bench.member();
    Identity second = bench.member();

    assertEquals(List.of(), bench.news(second.id()));
    bench.sync(second.id(), second.id(), 6);
    assertEquals(2, bench.news(second.id()).size());
    bench.say(second.id(), bench.membership(second, true));
    List<SwarmRecord> told = bench.news(first.id());
    assertEquals(List.of(second.id()), peers(told));
    assertFalse(told.get(0).isPresent());
  }

  @Test
  void aRenewalIsNoNewsToMembers() {
    Identity first = bench.member();
    Identity second = bench.member();
    bench.say(second.id(), bench.membership(second, false));
    assertEquals(List.of(), bench.news(first.id()));
  }

  @Test
  void nobodySaysOfAnotherThatHeIsAMember() {
    Identity member = bench.member();
    Identity other = DirectoryBench.identity();
    bench.say(member.id(), bench.membership(other, false));
    bench.tell(
        member.id(), false, new SwarmRecord(bench.membership(other, false), bench.self, 0, false));
    assertEquals(1, bench.directory.memberCount());
  }

  @Test
  void whatIsForgedIsRefused() {
    Identity member = DirectoryBench.identity();
    bench.attach(member.id());
    Membership good = bench.membership(member, false);
    Membership longer =
        new Membership(
            good.swarm(), good.peer(), good.issued() + 1, 3_600, false, good.tag(), good.seal());
    bench.say(member.id(), longer);
    assertEquals(1, bench.refused(Refusal.SWARM_FORGED));
    assertEquals(0, bench.directory.memberCount());
  }

  @Test
  void whoHasLeftIsNotBroughtBackByWhatHeOnceSaid() {
    Identity watcher = bench.member();
    Identity member = DirectoryBench.identity();
    bench.attach(member.id());
    Membership joined = bench.membership(member, false);
    bench.say(member.id(), joined);
    bench.say(member.id(), bench.membership(member, true));
    bench.sent.clear();

    Link relay = bench.attachRelay(bench.relayId(false));
    bench.tell(relay.peer(), true, new SwarmRecord(joined, relay.peer(), 0, false));
    bench.say(member.id(), joined);
    assertEquals(List.of(), bench.news(watcher.id()));
  }

  @Test
  void whoseLinkIsLostHasLeftAfterAMoment() {
    Identity watcher = bench.member();
    Identity member = DirectoryBench.identity();
    Link link = bench.attach(member.id());
    bench.say(member.id(), bench.membership(member, false));
    bench.sent.clear();

    bench.detach(link);
    bench.pass(1);
    assertEquals(List.of(), bench.news(watcher.id()));
    bench.pass(3);
    assertEquals(List.of(member.id()), peers(bench.news(watcher.id())));
    assertFalse(bench.news(watcher.id()).get(0).isPresent());
  }

  @Test
  void whoComesBackInTimeHasNotLeft() {
    Identity watcher = bench.member();
    Identity member = DirectoryBench.identity();
    Link link = bench.attach(member.id());
    bench.say(member.id(), bench.membership(member, false));
    bench.sent.clear();

    bench.detach(link);
    bench.pass(1);
    bench.attach(member.id());
    bench.say(member.id(), bench.membership(member, false));
    for (int i = 0; i < 3; i++) {
      bench.sync(watcher.id(), watcher.id(), 5);
      bench.sent.clear();
      bench.pass(9);
      assertEquals(List.of(), bench.news(watcher.id()));
    }
  }

  @Test
  void whoSaysNothingMoreHasLeftAtTheEndOfHisLifetime() {
    Identity watcher = bench.member();
    Identity member = DirectoryBench.identity();
    bench.attach(member.id());
    bench.say(member.id(), bench.membership(member, false));
    for (int s = 0; s < DirectoryBench.LIFETIME_S - 10; s += 10) {
      bench.pass(10);
      bench.say(watcher.id(), bench.membership(watcher, false));
      bench.sync(watcher.id(), watcher.id(), 5);
    }
    bench.sent.clear();
    bench.pass(15);
    assertEquals(List.of(member.id()), peers(bench.news(watcher.id())));
  }

  @Test
  void aNearerRelayIsToldOfAll() {
    Identity member = bench.member();
    Link nearer = bench.attachRelay(bench.relayId(true));
    bench.pass(1);
    List<SwarmRecord> told = bench.published(nearer.peer());
    assertEquals(List.of(member.id()), peers(told));
    assertEquals(bench.self, told.get(0).home());
  }

  /** Until it has asked, it gets nothing of what is for all. */
  @Test
  void aNearerRelayIsAskedAtOnceByWhoHasMembers() {
    bench.member();
    Link nearer = bench.attachRelay(bench.relayId(true));
    assertTrue(bench.sent.stream().anyMatch(one -> isQuestion(one, nearer)));
    bench.sent.clear();
    Link further = bench.attachRelay(bench.relayId(false));
    assertTrue(bench.sent.stream().noneMatch(one -> isQuestion(one, further)));
  }

  /** They would ask again only after a while, and this relay is not the first holder any more. */
  @Test
  void aNearerRelayIsAskedAlsoForTheHomesThatHaveAskedHere() {
    bench.member();
    PeerId home = bench.attachRelay(bench.relayId(false)).peer();
    bench.sync(home, home, 77);
    bench.sent.clear();
    Link nearer = bench.attachRelay(bench.relayId(true));
    List<Message.SwarmSync> passedOn =
        bench.sent.stream()
            .filter(one -> isQuestion(one, nearer))
            .map(one -> (Message.SwarmSync) one.message())
            .filter(sync -> sync.asker().equals(home))
            .toList();
    assertEquals(1, passedOn.size());
    assertEquals(77, passedOn.get(0).token());
  }

  private static boolean isQuestion(DirectoryBench.Sent sent, Link to) {
    return sent.to().equals(to.peer()) && sent.message() instanceof Message.SwarmSync;
  }

  @Test
  void aHolderThatSaysThatAllAreKnownTakesNobodyAway() {
    Link nearer = bench.attachRelay(bench.relayId(true));
    Identity member = bench.member();
    Identity elsewhere = DirectoryBench.identity();
    bench.tell(
        nearer.peer(),
        true,
        new SwarmRecord(bench.membership(elsewhere, false), nearer.peer(), 0, false));
    bench.pass(1);
    bench.directory.onNews(
        new Message.SwarmNews(
            DirectoryBench.SWARM, bench.tokenFor(nearer.peer()), Pages.ALL, List.of()),
        bench.nowNs);
    bench.pass(1);
    bench.sent.clear();
    bench.sync(member.id(), member.id(), 6);
    assertEquals(2, bench.news(member.id()).size());
  }

  @Test
  void whoIsMissingInARangeThatIsCompleteHasLeft() {
    Link nearer = bench.attachRelay(bench.relayId(true));
    Identity member = bench.member();
    Identity elsewhere = DirectoryBench.identity();
    bench.tell(
        nearer.peer(),
        true,
        new SwarmRecord(bench.membership(elsewhere, false), nearer.peer(), 0, false));
    long token = bench.tokenFor(nearer.peer());
    bench.sent.clear();
    IdRange one = new IdRange(elsewhere.id(), elsewhere.id());
    bench.directory.onNews(
        new Message.SwarmNews(DirectoryBench.SWARM, token, one, List.of()), bench.nowNs);
    bench.directory.flush(bench.nowNs);
    assertEquals(List.of(elsewhere.id()), peers(bench.news(member.id())));
    assertFalse(bench.news(member.id()).get(0).isPresent());
  }

  @Test
  void newsWithoutTheTokenAreNotBelieved() {
    Link nearer = bench.attachRelay(bench.relayId(true));
    Identity member = bench.member();
    SwarmRecord record =
        new SwarmRecord(
            bench.membership(DirectoryBench.identity(), false), nearer.peer(), 0, false);
    long token = bench.tokenFor(nearer.peer());
    bench.directory.onNews(
        new Message.SwarmNews(DirectoryBench.SWARM, token + 1, null, List.of(record)), bench.nowNs);
    bench.directory.flush(bench.nowNs);
    assertEquals(List.of(), bench.news(member.id()));
  }

  @Test
  void theFirstHolderSendsCopies() {
    Link further = bench.attachRelay(bench.relayId(false));
    Identity member = DirectoryBench.identity();
    bench.attach(member.id());
    bench.say(member.id(), bench.membership(member, false));
    assertEquals(List.of(member.id()), peers(bench.published(further.peer())));
  }

  @Test
  void theMembersOfALostRelayLeaveUnlessTheyComeBackElsewhere() {
    Identity watcher = bench.member();
    Identity moving = DirectoryBench.identity();
    Identity staying = DirectoryBench.identity();
    Link lost = bench.attachRelay(bench.relayId(false));
    Link other = bench.attachRelay(bench.relayId(false));
    for (Identity member : List.of(moving, staying)) {
      SwarmRecord record = new SwarmRecord(bench.membership(member, false), lost.peer(), 0, false);
      bench.tell(lost.peer(), false, record);
    }
    bench.detach(lost);
    bench.tell(
        other.peer(),
        false,
        new SwarmRecord(bench.membership(moving, false), other.peer(), 0, false));
    bench.pass(5);
    bench.sync(watcher.id(), watcher.id(), 5);
    bench.sent.clear();
    bench.pass(7);
    assertEquals(List.of(staying.id()), peers(bench.news(watcher.id())));
  }

  @Test
  void whatOneSendsToAllGoesToTheMembersAndOnceToEachRelay() {
    Identity author = bench.member();
    Identity listener = bench.member();
    Link home = bench.attachRelay(bench.relayId(false));
    bench.sync(home.peer(), home.peer(), 9);
    bench.sent.clear();

    bench.cast(author.id(), author.id(), 100);
    List<PeerId> receivers = bench.sent.stream().map(DirectoryBench.Sent::to).toList();
    assertEquals(2, receivers.size());
    assertTrue(receivers.containsAll(List.of(listener.id(), home.peer())));
  }

  @Test
  void whatIsForAllGoesOnTowardsTheFirstHolder() {
    Identity author = bench.member();
    Link nearer = bench.attachRelay(bench.relayId(true));
    bench.sent.clear();
    bench.cast(author.id(), author.id(), 100);
    assertEquals(List.of(new DirectoryBench.Sent(nearer.peer(), bench.data(100))), bench.sent);
  }

  @Test
  void strangersAndFloodsAreNotPassedOn() {
    Identity author = bench.member();
    bench.member();
    Identity stranger = DirectoryBench.identity();
    bench.attach(stranger.id());
    bench.cast(stranger.id(), stranger.id(), 10);
    assertEquals(1, bench.refused(Refusal.SWARM_STRANGER));
    bench.cast(author.id(), author.id(), 16_385);
    assertEquals(1, bench.refused(Refusal.SWARM_CASTS));
    assertEquals(List.of(), bench.sent);

    for (int i = 0; i < 30_000; i++) {
      bench.cast(author.id(), author.id(), 10);
    }
    assertEquals(10_000, bench.sent.size());
    assertEquals(20_001, bench.refused(Refusal.SWARM_CASTS));
  }

  @Test
  void whoComesAndGoesAllTheTimeIsNotToldOf() {
    Identity watcher = bench.member();
    Identity member = DirectoryBench.identity();
    bench.attach(member.id());
    for (int i = 0; i < 100; i++) {
      bench.say(member.id(), bench.membership(member, i % 2 == 1));
    }
    assertTrue(bench.news(watcher.id()).size() <= 5, () -> bench.news(watcher.id()).toString());
    assertTrue(bench.refused(Refusal.SWARM_FLAPPING) >= 45);
  }

  @Test
  void whoHasComeAndGoneTooOftenHearsThatItIsMissingAndComesBack() {
    Identity member = DirectoryBench.identity();
    bench.member();
    bench.attach(member.id());
    for (int i = 0; i < 5; i++) {
      bench.say(member.id(), bench.membership(member, i % 2 == 1));
    }
    assertEquals(1, bench.refused(Refusal.SWARM_FLAPPING));
    bench.sent.clear();
    bench.sync(member.id(), member.id(), 5);
    assertFalse(bench.sent.isEmpty(), "it is answered");
    bench.pass(1);
    bench.say(member.id(), bench.membership(member, false));
    assertEquals(2, bench.directory.memberCount());
  }

  @Test
  void whoAsksTooOftenIsNotAnswered() {
    Identity member = bench.member();
    for (int i = 0; i < 50; i++) {
      bench.sync(member.id(), member.id(), 5);
    }
    assertTrue(bench.sent.size() <= 2, () -> bench.sent.size() + " answers");
    assertTrue(bench.refused(Refusal.SWARM_QUESTIONS) >= 48);
  }

  @Test
  void onlyMembersAreToldWhoIsThere() {
    bench.member();
    Identity stranger = DirectoryBench.identity();
    bench.attach(stranger.id());
    bench.sync(stranger.id(), stranger.id(), 5);
    assertEquals(List.of(), bench.sent);
    assertEquals(1, bench.refused(Refusal.SWARM_STRANGER));
  }

  @Test
  void oneNeighbourIsAMemberOfNoMoreSwarmsThanItMay() {
    Identity member = DirectoryBench.identity();
    bench.attach(member.id());
    for (int i = 0; i < 70; i++) {
      SwarmKey key = SwarmKey.of("swarm " + i);
      bench.say(
          member.id(),
          MembershipCodec.sign(member, key.swarm(), 1, 180, false, key.memberTag(member.id())));
    }
    assertEquals(64, bench.directory.memberCount());
    assertEquals(6, bench.refused(Refusal.SWARMS_FULL));
  }

  @Test
  void whoJoinsAndLeavesSwarmsAllTheTimeFillsNoTables() {
    Identity member = DirectoryBench.identity();
    bench.attach(member.id());
    for (int i = 0; i < 1_000; i++) {
      SwarmKey key = SwarmKey.of("swarm " + i);
      for (boolean leaving : new boolean[] {false, true}) {
        bench.say(
            member.id(),
            MembershipCodec.sign(
                member,
                key.swarm(),
                2L * i + (leaving ? 2 : 1),
                600,
                leaving,
                key.memberTag(member.id())));
      }
    }
    assertTrue(bench.directory.memberCount() <= 64, () -> bench.directory.memberCount() + "");
  }

  @Test
  void aSwarmWithoutAnybodyIsForgotten() {
    Identity member = DirectoryBench.identity();
    Link link = bench.attach(member.id());
    bench.say(member.id(), bench.membership(member, false));
    bench.detach(link);
    bench.pass(DirectoryBench.LIFETIME_S + 60);
    assertEquals(0, bench.directory.swarmCount());
    assertEquals(0, bench.directory.memberCount());
  }
}
