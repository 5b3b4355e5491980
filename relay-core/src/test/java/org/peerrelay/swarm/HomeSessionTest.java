package org.peerrelay.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.swarm.MemberBench.around;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;

/** What a member tells its home and asks it, and which relay that is. */
class HomeSessionTest {
  private final MemberBench bench = MemberBench.leaf();

  /** That the last two things sent were a membership and a question, to {@code home}. */
  private void assertAttached(PeerId home) {
    int count = bench.sent.size();
    List<MemberBench.Sent> last = bench.sent.subList(count - 2, count);
    assertTrue(last.get(0).message() instanceof Message.SwarmPublish, last::toString);
    assertTrue(last.get(1).message() instanceof Message.SwarmSync, last::toString);
    last.forEach(one -> assertEquals(home, one.to()));
  }

  private int words() {
    return bench.all(Message.SwarmPublish.class).size();
  }

  private Membership lastWord() {
    return bench.all(Message.SwarmPublish.class).get(words() - 1).records().get(0).membership();
  }

  @Test
  void aMemberPublishesAndThenAsks() {
    PeerId home = bench.link();
    bench.join();
    assertAttached(home);
    Membership word = lastWord();
    assertEquals(MemberBench.SWARM, word.swarm());
    assertEquals(bench.self, word.peer());
    assertEquals(MemberBench.KEY.memberTag(bench.self), word.tag());
    assertFalse(word.leaving());
    assertTrue(bench.holds(word));
  }

  @Test
  void whoJoinsBeforeThereIsALinkWaitsForIt() {
    bench.join();
    bench.pass(1);
    assertEquals(List.of(), bench.sent);
    assertAttached(bench.link());
    bench.link();
    bench.pass(1);
    assertEquals(2, bench.sent.size());
  }

  @Test
  void theFirstAnswerIsToldOnce() {
    bench.link();
    bench.join();
    assertEquals(0, bench.joined);
    bench.tell(null);
    bench.tell(null);
    assertEquals(1, bench.joined);
  }

  @Test
  void itPublishesThreeTimesInALifetimeAndAsksEveryTenSeconds() {
    bench.link();
    bench.join();
    long first = lastWord().issued();
    for (int i = 0; i < 600; i++) {
      bench.pass(1);
      bench.tell(null);
    }
    assertTrue(words() >= 10 && words() <= 12, () -> words() + " memberships in 10 minutes");
    int questions = bench.all(Message.SwarmSync.class).size();
    assertTrue(questions >= 55 && questions <= 67, () -> questions + " questions in 10 minutes");
    assertTrue(lastWord().issued() > first);
  }

  @Test
  void questionsOfOneSessionHaveOneToken() {
    PeerId home = bench.link();
    bench.join();
    long token = bench.token();
    bench.pass(12);
    assertEquals(2, bench.all(Message.SwarmSync.class).size());
    assertEquals(token, bench.token());
    assertEquals(home, bench.home());
  }

  @Test
  void aLostHomeIsReplacedAtOnce() {
    PeerId first = bench.link();
    PeerId second = bench.link();
    bench.join();
    long token = bench.token();
    bench.unlink(first);
    assertAttached(second);
    assertNotEquals(token, bench.token());
    bench.unlink(second);
    bench.pass(30);
    assertEquals(4, bench.sent.size());
    assertAttached(bench.link());
  }

  @Test
  void anotherRelaysLossChangesNothing() {
    bench.link();
    PeerId second = bench.link();
    bench.join();
    bench.unlink(second);
    assertEquals(2, bench.sent.size());
  }

  @Test
  void twoUnansweredQuestionsLeadToAnotherHome() {
    PeerId silent = bench.link();
    PeerId other = bench.link();
    bench.join();
    bench.pass(8);
    assertEquals(silent, bench.home());
    bench.pass(15);
    assertAttached(other);
    bench.pass(23);
    assertEquals(silent, bench.home());
  }

  @Test
  void oneAnswerToTwoQuestionsIsEnough() {
    PeerId home = bench.link();
    bench.link();
    bench.join();
    for (int i = 0; i < 20; i++) {
      bench.pass(15);
      bench.tell(null);
      assertEquals(home, bench.home());
    }
  }

  @Test
  void theOnlyRelayIsAskedAnewIfItDoesNotAnswer() {
    PeerId home = bench.link();
    bench.join();
    long token = bench.token();
    bench.pass(23);
    assertAttached(home);
    assertNotEquals(token, bench.token());
    assertEquals(2, words());
  }

  @Test
  void aRelayIsItsOwnHome() {
    MemberBench relay = MemberBench.relay();
    relay.join();
    assertEquals(relay.self, relay.home());
    relay.link();
    relay.pass(60);
    relay.sent.forEach(one -> assertEquals(relay.self, one.to()));
  }

  @Test
  void whoLeavesSaysSo() {
    PeerId home = bench.link();
    bench.join();
    bench.swarms.leave(MemberBench.SWARM);
    assertTrue(lastWord().leaving());
    assertTrue(bench.holds(lastWord()));
    assertEquals(home, bench.sent.get(2).to());
    assertEquals(1, bench.left);
    bench.pass(100);
    assertEquals(3, bench.sent.size());
  }

  @Test
  void whoClosesLeavesAllAndJoinsNoMore() {
    bench.link();
    bench.join();
    SwarmKey other = SwarmKey.of("another drive");
    bench.swarms.join(other, bench.counters, bench, bench.nowNs);
    bench.swarms.close();
    assertEquals(2, bench.left);
    assertEquals(
        2,
        bench.all(Message.SwarmPublish.class).stream()
            .filter(publish -> publish.records().get(0).membership().leaving())
            .count());
    bench.join();
    assertEquals(3, bench.left);
    bench.pass(100);
    assertEquals(6, bench.sent.size());
  }

  @Test
  void aHomeThatDoesNotKnowThisMemberIsToldWithTheNextQuestion() {
    PeerId home = bench.link();
    bench.join();
    bench.tell(around(bench.self));
    bench.pass(5);
    assertEquals(1, words());
    bench.pass(7);
    assertEquals(2, words());
    assertAttached(home);
  }

  @Test
  void soIsOneThatTakesItForGone() {
    bench.link();
    bench.join();
    bench.tell(null, bench.record(lastWord(), true));
    bench.pass(12);
    assertEquals(2, words());
    assertEquals(List.of(), bench.leaves);
  }

  @Test
  void aHomeThatKnowsThisMemberIsNotTold() {
    bench.link();
    bench.join();
    bench.tell(around(bench.self), bench.record(lastWord(), false));
    bench.tell(Pages.ALL);
    bench.pass(12);
    assertEquals(1, words());
    assertEquals(List.of(), bench.joins);
  }
}
