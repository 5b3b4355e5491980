package org.peerrelay.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peerrelay.swarm.MemberBench.around;
import static org.peerrelay.swarm.MemberBench.identity;
import static org.peerrelay.swarm.MemberBench.word;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.wire.binary.MembershipCodec;

/** What a member believes of who is there. */
class SwarmNewsTest {
  private final MemberBench bench = MemberBench.joined();
  private final Identity alice = identity();

  private SwarmRecord present(Identity member, long issued) {
    return bench.record(word(member, issued, false), false);
  }

  private void assertSeen(List<PeerId> joins, List<PeerId> leaves) {
    assertEquals(joins, bench.joins);
    assertEquals(leaves, bench.leaves);
  }

  private void assertIgnored(SwarmDrop why) {
    assertSeen(List.of(), List.of());
    assertEquals(1, bench.dropped(why));
    assertEquals(1, bench.droppedInAll());
  }

  @Test
  void whoComesAndGoesIsTold() {
    PeerId id = alice.id();
    bench.tell(null, present(alice, 1));
    bench.tell(null, present(alice, 1));
    bench.tell(null, present(alice, 2));
    assertSeen(List.of(id), List.of());
    bench.tell(null, bench.record(word(alice, 3, true), false));
    assertSeen(List.of(id), List.of(id));
    bench.tell(null, present(alice, 4));
    assertSeen(List.of(id, id), List.of(id));
    assertEquals(0, bench.droppedInAll());
  }

  @Test
  void whoIsGoneMayComeBackWithTheSameWord() {
    PeerId id = alice.id();
    bench.tell(null, present(alice, 1));
    bench.tell(null, bench.record(word(alice, 1, false), true));
    assertSeen(List.of(id), List.of(id));
    bench.tell(null, present(alice, 1));
    assertSeen(List.of(id, id), List.of(id));
  }

  @Test
  void whoHasLeftComesBackOnlyByALaterWord() {
    PeerId id = alice.id();
    bench.tell(null, present(alice, 1));
    bench.tell(null, bench.record(word(alice, 2, true), false));
    bench.tell(null, present(alice, 1));
    bench.tell(null, present(alice, 2));
    assertSeen(List.of(id), List.of(id));
    assertEquals(1, bench.dropped(SwarmDrop.OLD_MEMBERSHIP));
    bench.tell(null, present(alice, 3));
    assertSeen(List.of(id, id), List.of(id));
  }

  @Test
  void whoIsGoneAndThenSaysThatItLeavesHasLeft() {
    bench.tell(null, present(alice, 1));
    bench.tell(null, bench.record(word(alice, 1, false), true));
    bench.tell(null, bench.record(word(alice, 2, true), false));
    bench.tell(null, present(alice, 1));
    assertSeen(List.of(alice.id()), List.of(alice.id()));
  }

  @Test
  void anEarlierHomesWordThatAMemberIsGoneIsTooLate() {
    bench.tell(null, present(alice, 1));
    bench.tell(null, present(alice, 2));
    bench.tell(null, bench.record(word(alice, 1, false), true));
    assertSeen(List.of(alice.id()), List.of());
    assertEquals(1, bench.dropped(SwarmDrop.OLD_MEMBERSHIP));
  }

  @Test
  void whoWasNeverThereDoesNotLeave() {
    bench.tell(null, bench.record(word(alice, 1, true), false));
    bench.tell(null, bench.record(word(identity(), 1, false), true));
    assertSeen(List.of(), List.of());
    assertEquals(0, bench.droppedInAll());
  }

  @Test
  void newsOfSomebodyElseDoNotCount() {
    bench.tell(bench.arrival(alice.id()), bench.token(), null, present(alice, 1));
    assertIgnored(SwarmDrop.FOREIGN_NEWS);
  }

  @Test
  void newsThatAnotherHasPassedOnDoNotCount() {
    Arrival passed = new Arrival(bench.home(), 1, alice.id(), 2, Provenance.CLAIMED, false);
    bench.tell(passed, bench.token(), null, present(alice, 1));
    assertIgnored(SwarmDrop.FOREIGN_NEWS);
  }

  @Test
  void newsWithAnotherTokenDoNotCount() {
    bench.tell(bench.arrival(bench.home()), bench.token() + 1, null, present(alice, 1));
    assertIgnored(SwarmDrop.FOREIGN_NEWS);
  }

  @Test
  void newsOfTheFormerHomeDoNotCount() {
    PeerId former = bench.home();
    long token = bench.token();
    bench.link();
    bench.unlink(former);
    bench.tell(bench.arrival(former), token, null, present(alice, 1));
    assertIgnored(SwarmDrop.FOREIGN_NEWS);
  }

  @Test
  void whoDoesNotKnowTheKeyIsNoMember() {
    Tag wrong = SwarmKey.of("another drive").memberTag(alice.id());
    Membership word = MembershipCodec.sign(alice, MemberBench.SWARM, 1, 180, false, wrong);
    bench.tell(null, bench.record(word, false));
    assertIgnored(SwarmDrop.FORGED_MEMBERSHIP);
  }

  @Test
  void aWordThatWasChangedDoesNotCount() {
    Membership word = word(alice, 1, false);
    Membership changed =
        new Membership(
            word.swarm(), word.peer(), 2, word.lifetimeS(), false, word.tag(), word.seal());
    bench.tell(null, bench.record(changed, false));
    assertIgnored(SwarmDrop.FORGED_MEMBERSHIP);
  }

  @Test
  void noRelayCanSayThatAMemberLeaves() {
    Membership word = word(alice, 1, false);
    bench.tell(null, bench.record(word, false));
    for (long issued = 1; issued < 3; issued++) {
      Membership leaving =
          new Membership(
              word.swarm(), word.peer(), issued, word.lifetimeS(), true, word.tag(), word.seal());
      bench.tell(null, bench.record(leaving, false));
    }
    assertSeen(List.of(alice.id()), List.of());
    assertEquals(1, bench.dropped(SwarmDrop.FORGED_MEMBERSHIP));
  }

  @Test
  void aWordOfAnotherSwarmDoesNotCount() {
    PeerId other = SwarmKey.of("another drive").swarm();
    Tag tag = MemberBench.KEY.memberTag(alice.id());
    bench.tell(null, bench.record(MembershipCodec.sign(alice, other, 1, 180, false, tag), false));
    assertIgnored(SwarmDrop.FORGED_MEMBERSHIP);
  }

  @Test
  void whoIsNotNamedAmongAllIsNotThere() {
    bench.tell(null, present(alice, 1));
    bench.tell(around(alice.id()), present(alice, 1));
    assertSeen(List.of(alice.id()), List.of());
    bench.tell(around(alice.id()));
    assertSeen(List.of(alice.id()), List.of(alice.id()));
  }

  @Test
  void whoIsNotAmongThoseIdsStays() {
    bench.tell(null, present(alice, 1));
    PeerId after = alice.id().differingAt(0, alice.id());
    bench.tell(around(after));
    assertSeen(List.of(alice.id()), List.of());
  }

  @Test
  void whoIsNamedAsGoneIsNotThere() {
    bench.tell(null, present(alice, 1));
    bench.tell(around(alice.id()), bench.record(word(alice, 1, false), true));
    assertSeen(List.of(alice.id()), List.of(alice.id()));
  }

  @Test
  void ifAllAgreeNobodyLeaves() {
    bench.tell(null, present(alice, 1));
    bench.tell(Pages.ALL);
    assertSeen(List.of(alice.id()), List.of());
  }

  @Test
  void aRangeThatRunsBackwardsIsEmpty() {
    bench.tell(null, present(alice, 1));
    bench.tell(new IdRange(Pages.ALL.last(), Pages.ALL.first()));
    assertSeen(List.of(alice.id()), List.of());
  }

  /** That the next question says that these are known, and the member itself. */
  private void assertAsksKnowing(PeerId... known) {
    SwarmDigest expected = new SwarmDigest();
    expected.add(bench.self);
    List.of(known).forEach(expected::add);
    bench.pass(12);
    bench.tell(null);
    List<Message.SwarmSync> all = bench.all(Message.SwarmSync.class);
    assertEquals(expected, all.get(all.size() - 1).known());
  }

  @Test
  void theNextQuestionTellsWhoIsKnown() {
    bench.tell(null, present(alice, 1));
    bench.tell(null, bench.record(word(alice, 1, false), true));
    PeerId bob = bench.member().id();
    assertAsksKnowing(bob);
  }

  /** Else it would be told of all again and again, because of one who is none. */
  @Test
  void itTellsAlsoWhoIsKnownToBeNone() {
    Tag wrong = SwarmKey.of("another drive").memberTag(alice.id());
    Membership word = MembershipCodec.sign(alice, MemberBench.SWARM, 1, 180, false, wrong);
    bench.tell(null, bench.record(word, false));
    assertAsksKnowing(alice.id());
    bench.tell(around(alice.id()), bench.record(word, false));
    assertIgnored(SwarmDrop.FORGED_MEMBERSHIP);
    assertAsksKnowing(alice.id());
    bench.tell(null, bench.record(word, true));
    assertAsksKnowing();
    bench.tell(null, bench.record(word, false));
    bench.tell(around(alice.id()));
    assertAsksKnowing();
  }

  @Test
  void whoLearnsTheKeyBecomesAMember() {
    Tag wrong = SwarmKey.of("another drive").memberTag(alice.id());
    Membership word = MembershipCodec.sign(alice, MemberBench.SWARM, 1, 180, false, wrong);
    bench.tell(null, bench.record(word, false));
    bench.tell(null, present(alice, 2));
    assertSeen(List.of(alice.id()), List.of());
    assertAsksKnowing(alice.id());
    bench.tell(null, bench.record(word(alice, 3, true), false));
    assertAsksKnowing();
  }

  @Test
  void noMoreMembersAreKnownThanMayBe() {
    int max = MemberBench.CONFIG.maxMembers();
    for (int i = 0; i < max; i++) {
      bench.member();
    }
    assertEquals(0, bench.droppedInAll());
    bench.member();
    assertEquals(max, bench.joins.size());
    assertEquals(1, bench.dropped(SwarmDrop.TOO_MANY_MEMBERS));
  }

  @Test
  void ofMoreThanMayBeTheFirstWhoHaveLeftAreForgotten() {
    bench.tell(null, present(alice, 1));
    bench.tell(null, bench.record(word(alice, 2, true), false));
    for (int i = 0; i < MemberBench.CONFIG.maxDeparted(); i++) {
      bench.tell(null, bench.record(bench.word(bench.member(), true), false));
    }
    int joins = bench.joins.size();
    bench.tell(null, present(alice, 1));
    assertEquals(joins + 1, bench.joins.size());
  }

  @Test
  void withoutAnyAnswerNobodyIsKnownToBeThereInTheEnd() {
    bench.tell(null, present(alice, 1));
    bench.unlink(bench.home());
    bench.pass(179);
    assertSeen(List.of(alice.id()), List.of());
    bench.pass(2);
    assertSeen(List.of(alice.id()), List.of(alice.id()));
  }
}
