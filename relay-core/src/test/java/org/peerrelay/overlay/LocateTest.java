package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.overlay.WhereaboutsBench.CONFIG;
import static org.peerrelay.overlay.WhereaboutsBench.SELF;
import static org.peerrelay.overlay.WhereaboutsBench.id;
import static org.peerrelay.overlay.WhereaboutsBench.signed;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Pointer;
import org.peerrelay.overlay.RecordingEffects.Send;
import org.peerrelay.relay.Attempts;
import org.peerrelay.relay.Refusal;

/** How relays ask where peers are, and what they believe. */
class LocateTest {
  private static final PeerId PEER = id(0x8000);

  private final WhereaboutsBench bench = new WhereaboutsBench(true);
  private final TestLink near = bench.inside(id(0x8001));
  private final TestLink far = bench.inside(id(2));
  private long nonce;

  /** This node writes to {@code peer}, whom it does not know. */
  private void writeTo(PeerId peer) {
    writeTo(peer, 0);
  }

  private void writeTo(PeerId peer, int attempt) {
    bench.router.originate(
        new Header(peer, SELF, nonce++, MessageKind.USER, List.of(), attempt), bench.nowNs);
  }

  private void asks(TestLink neighbour, PeerId target, PeerId asker) {
    bench.whereabouts.onLocate(neighbour.peer(), new Message.Locate(target, asker), 0, bench.nowNs);
  }

  private void located(Pointer pointer) {
    located(far, pointer);
  }

  private void located(TestLink over, Pointer pointer) {
    bench.whereabouts.onLocated(over.peer(), new Message.Located(pointer), bench.nowNs);
  }

  private static Send question(TestLink to, PeerId target, PeerId asker) {
    return question(to, target, asker, 0);
  }

  private static Send question(TestLink to, PeerId target, PeerId asker, int attempt) {
    return new Send(to.peer(), new Message.Locate(target, asker), attempt);
  }

  @Test
  void whoIsWrittenToIsAskedForOnceUntilAnAnswerIsOverdue() {
    writeTo(PEER);
    bench.tick();
    assertEquals(List.of(question(near, PEER, SELF)), bench.effects.takeSends());
    writeTo(PEER);
    bench.tick();
    assertEquals(List.of(), bench.effects.takeSends());
    bench.nowNs += CONFIG.askNs();
    writeTo(PEER);
    bench.tick();
    assertEquals(twoWays(1), bench.effects.takeSends(), "another way");
    bench.nowNs += 100 * CONFIG.askNs();
    bench.tick();
    writeTo(PEER);
    bench.tick();
    assertEquals(List.of(question(near, PEER, SELF)), bench.effects.takeSends(), "long ago");
  }

  @Test
  void whoIsNotAskedForSinceTooManyAreIsCounted() {
    for (int i = 0; i < CONFIG.maxAsked() + 3; i++) {
      writeTo(id(0x8010 + i));
    }
    bench.tick();
    assertEquals(CONFIG.maxAsked(), bench.effects.takeSends().size());
    assertEquals(3, bench.router.counters().snapshot().refused().get(Refusal.QUESTIONS_FULL));
    bench.nowNs += CONFIG.askNs();
    writeTo(PEER);
    bench.tick();
    assertEquals(List.of(question(near, PEER, SELF)), bench.effects.takeSends(), "room again");
  }

  @Test
  void whoIsTriedAnotherWayIsAskedForThatWay() {
    writeTo(PEER, 0);
    writeTo(PEER, 1);
    bench.tick();
    assertEquals(twoWays(1), bench.effects.takeSends());
    writeTo(PEER, 0);
    bench.tick();
    assertEquals(List.of(), bench.effects.takeSends());
    writeTo(PEER, Attempts.EVADING);
    bench.tick();
    assertEquals(evading(), bench.effects.takeSends(), "one way, since that is both");
  }

  @Test
  void attemptsBeyondTheLastAskForNothing() {
    writeTo(PEER, Header.MAX_ATTEMPT);
    bench.tick();
    bench.effects.clear();
    for (int attempt = Header.MAX_ATTEMPT + 1; attempt <= 255; attempt++) {
      writeTo(PEER, attempt);
      bench.tick();
    }
    assertEquals(List.of(), bench.effects.takeSends());
  }

  /** As that attempt, over the second of two relays; and one that evades. */
  private List<Send> twoWays(int attempt) {
    List<Send> sends = new ArrayList<>(List.of(question(far, PEER, SELF, attempt)));
    sends.addAll(evading());
    return sends;
  }

  /** Where no five networks are nearer to be evaded, all are asked. */
  private List<Send> evading() {
    return List.of(
        question(near, PEER, SELF, Attempts.EVADING), question(far, PEER, SELF, Attempts.EVADING));
  }

  @Test
  void aQuestionThatEvadesGoesPastFiveNetworksOrToFiveRelaysMore() {
    for (int i = 2; i <= 12; i++) {
      bench.inside(id(0x8000 + i));
    }
    bench.effects.clear();
    writeTo(PEER, Attempts.EVADING);
    bench.tick();
    Send past = question(TestLink.binary(id(0x8006), null, 0), PEER, SELF, Attempts.EVADING);
    assertEquals(List.of(past), bench.effects.takeSends());
    PeerId here = id(0x5e10);
    writeTo(here, Attempts.EVADING);
    bench.tick();
    assertEquals(WhereaboutsBench.COPIES + 5, bench.effects.takeSends().size());
  }

  @Test
  void whatIsNotSignedLeavesTheQuestionOpen() {
    writeTo(PEER);
    bench.tick();
    located(bench.unsigned(PEER, near.peer()));
    assertEquals(near.peer(), bench.relayOf(PEER));
    located(signed(PEER, 0, far.peer()));
    assertEquals(far.peer(), bench.relayOf(PEER));
  }

  @Test
  void aQuestionGoesOnAndIsAnsweredAsTheAttemptThatItIs() {
    bench.whereabouts.onLocate(far.peer(), new Message.Locate(PEER, id(77)), 2, bench.nowNs);
    assertEquals(List.of(question(near, PEER, id(77), 2)), bench.effects.takeSends());
    Pointer pointer = signed(PEER, 5, near.peer());
    assertTrue(bench.router.pointers().hold(pointer, 0, bench.nowNs));
    bench.whereabouts.onLocate(far.peer(), new Message.Locate(PEER, id(77)), 2, bench.nowNs);
    assertEquals(
        List.of(new Send(id(77), new Message.Located(pointer), 2)), bench.effects.takeSends());
  }

  @Test
  void whereNobodyIsNearerTheNearestAreAsked() {
    PeerId here = id(0x5e10);
    writeTo(here);
    bench.tick();
    assertEquals(
        List.of(question(far, here, SELF), question(near, here, SELF)),
        bench.effects.takeSends().stream()
            .sorted((a, b) -> here.compareDistance(a.to(), b.to()))
            .toList());
  }

  @Test
  void anAnswerCountsIfItWasAskedFor() {
    Pointer pointer = signed(PEER, 5, far.peer());
    located(pointer);
    assertNull(bench.relayOf(PEER));
    writeTo(PEER);
    bench.tick();
    located(pointer);
    assertEquals(far.peer(), bench.relayOf(PEER));
    located(signed(PEER, 6, near.peer()));
    assertEquals(far.peer(), bench.relayOf(PEER), "a second answer");
  }

  @Test
  void whatALeafOrARelayOutsideAnswersCountsForNothing() {
    TestLink leaf = bench.leaf(id(9));
    TestLink outside = bench.outside(id(10));
    writeTo(PEER);
    bench.tick();
    located(leaf, bench.unsigned(PEER, outside.peer()));
    located(outside, bench.unsigned(PEER, outside.peer()));
    assertNull(bench.relayOf(PEER));
    located(signed(PEER, 5, far.peer()));
    assertEquals(far.peer(), bench.relayOf(PEER), "the answer is still awaited");
  }

  @Test
  void anAnswerThatComesTooLateCountsForNothing() {
    writeTo(PEER);
    bench.tick();
    bench.nowNs += CONFIG.askNs();
    bench.tick();
    located(signed(PEER, 5, far.peer()));
    assertNull(bench.relayOf(PEER));
  }

  @Test
  void noMoreQuestionsAreOpenThanThereIsRoomFor() {
    for (int i = 0; i < 3 * CONFIG.maxAsked(); i++) {
      writeTo(id(0x8100 + i));
    }
    bench.tick();
    assertEquals(CONFIG.maxAsked(), bench.effects.takeSends().size());
    writeTo(PEER);
    bench.tick();
    assertEquals(List.of(), bench.effects.takeSends());
    bench.nowNs += CONFIG.askNs();
    writeTo(PEER);
    bench.tick();
    assertEquals(List.of(question(near, PEER, SELF)), bench.effects.takeSends());
  }

  @Test
  void whoHoldsThePointerAnswersTheAsker() {
    Pointer pointer = signed(PEER, 5, near.peer());
    assertTrue(bench.router.pointers().hold(pointer, 0, bench.nowNs));
    asks(far, PEER, id(77));
    assertEquals(
        List.of(new Send(id(77), new Message.Located(pointer))), bench.effects.takeSends());
  }

  @Test
  void whoHoldsItFurtherOffThanItsCopiesAsksOn() {
    Pointer pointer = signed(PEER, 5, near.peer());
    assertTrue(bench.router.pointers().hold(pointer, 0, bench.nowNs));
    for (int i = 2; i <= WhereaboutsBench.COPIES + 1; i++) {
      bench.inside(id(0x8000 + i));
    }
    bench.effects.clear();
    asks(far, PEER, id(77));
    assertEquals(List.of(question(near, PEER, id(77))), bench.effects.takeSends());
    TestLink leaf = bench.leaf(PEER);
    Pointer own = signed(PEER, 6, SELF);
    bench.publishes(leaf, own, false);
    bench.effects.clear();
    asks(far, PEER, id(77));
    assertEquals(List.of(new Send(id(77), new Message.Located(own))), bench.effects.takeSends());
  }

  @Test
  void ofItsOwnPeersItKnowsBest() {
    TestLink leaf = bench.leaf(PEER);
    Pointer pointer = signed(PEER, 5, SELF);
    bench.publishes(leaf, pointer, false);
    bench.effects.clear();
    asks(far, PEER, id(77));
    assertEquals(
        List.of(new Send(id(77), new Message.Located(pointer))), bench.effects.takeSends());
  }

  @Test
  void whoDoesNotKnowAsksOnTowardsThePeerOnly() {
    asks(far, PEER, id(77));
    assertEquals(List.of(question(near, PEER, id(77))), bench.effects.takeSends());
    asks(far, id(0x5e10), id(77));
    assertEquals(List.of(), bench.effects.takeSends());
  }

  @Test
  void whatWasToldIsNotToldOn() {
    writeTo(PEER);
    bench.tick();
    located(signed(PEER, 5, far.peer()));
    bench.effects.clear();
    asks(far, PEER, id(77));
    assertEquals(List.of(question(near, PEER, id(77))), bench.effects.takeSends());
  }

  @Test
  void aLeafIsNotAnswered() {
    assertTrue(bench.router.pointers().hold(signed(PEER, 5, near.peer()), 0, bench.nowNs));
    TestLink leaf = bench.leaf(id(9));
    asks(leaf, PEER, leaf.peer());
    bench.whereabouts.onLocate(id(77), new Message.Locate(PEER, id(77)), 0, bench.nowNs);
    assertEquals(List.of(), bench.effects.takeSends());
  }

  @Test
  void whoIsHeardOfFromARelayIsTriedThereForAWhile() {
    bench.whereabouts.onSeenAt(PEER, far.peer(), bench.nowNs);
    assertEquals(far.peer(), bench.relayOf(PEER));
    bench.nowNs += CONFIG.hintLifetimeS() * 1_000_000_000L;
    assertNull(bench.relayOf(PEER));
  }

  @Test
  void aHintDisplacesNothingAndIsDisplacedByEverything() {
    assertTrue(bench.router.pointers().hold(signed(PEER, 5, near.peer()), 0, bench.nowNs));
    bench.whereabouts.onSeenAt(PEER, far.peer(), bench.nowNs);
    assertEquals(near.peer(), bench.relayOf(PEER));
    PeerId other = id(0x8100);
    bench.whereabouts.onSeenAt(other, far.peer(), bench.nowNs);
    writeTo(id(0x8200));
    bench.tick();
    bench.router.pointers().tell(bench.unsigned(other, near.peer()), bench.nowNs);
    assertEquals(near.peer(), bench.relayOf(other));
  }

  @Test
  void whatALeafOrALegacyRelayNamesIsNoHint() {
    TestLink leaf = bench.leaf(id(9));
    TestLink legacy = bench.legacyRelay(id(10));
    bench.whereabouts.onSeenAt(PEER, leaf.peer(), bench.nowNs);
    bench.whereabouts.onSeenAt(PEER, legacy.peer(), bench.nowNs);
    bench.whereabouts.onSeenAt(PEER, id(77), bench.nowNs);
    bench.whereabouts.onSeenAt(far.peer(), far.peer(), bench.nowNs);
    bench.whereabouts.onSeenAt(leaf.peer(), far.peer(), bench.nowNs);
    for (PeerId peer : List.of(PEER, far.peer(), leaf.peer())) {
      assertNull(bench.relayOf(peer));
    }
  }
}
