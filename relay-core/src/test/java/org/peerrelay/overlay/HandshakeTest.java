package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.overlay.RecordingEffects.Dial;
import org.peerrelay.overlay.RecordingEffects.Failed;
import org.peerrelay.overlay.RecordingEffects.Send;

/** Offers and answers, by npm peer-relay's rules. */
class HandshakeTest {
  private static final String THEIR_URL = "ws://they.example:8000";
  private static final String OUR_URL = "ws://us.example:8000";
  private static final OverlayConfig CONFIG = OverlayConfig.RELAY;
  private static final Message OFFER = new Message.HandshakeOffer();

  private final OverlayBench bench = new OverlayBench(CONFIG, 6);
  private final RecordingEffects effects = bench.effects;

  private void connect(PeerId peer) {
    bench.overlay.connect(peer, bench.nowNs);
  }

  private static Message answer(String url) {
    return new Message.HandshakeAnswer(url, false);
  }

  @Test
  void connectingSendsAnOfferAndTheAnswerIsDialed() {
    PeerId peer = bench.stranger();
    connect(peer);
    assertEquals(List.of(new Send(peer, OFFER)), effects.takeSends());
    bench.answers(peer, THEIR_URL);
    assertEquals(List.of(new Dial(THEIR_URL, peer)), effects.takeDials());
    assertTrue(bench.up(bench.linkTo(peer, THEIR_URL)));
    assertEquals(List.of(peer), effects.takeLinked());

    bench.tickForWhileAllTalk(2 * CONFIG.handshakeNs());
    assertEquals(List.of(), effects.takeFailures());
  }

  @Test
  void askingTwiceSendsOneOffer() {
    PeerId peer = bench.stranger();
    connect(peer);
    connect(peer);
    assertEquals(List.of(peer), effects.takeOffers());
  }

  @Test
  void anOfferThatTheApplicationWaitsForIsSentOnceAgain() {
    PeerId peer = bench.stranger();
    connect(peer);
    assertEquals(List.of(peer), effects.takeOffers());
    bench.tickFor(CONFIG.handshakeNs() - OverlayBench.TICK_NS);
    assertEquals(List.of(peer), effects.takeOffers());
  }

  @Test
  void aNeighbourGetsNoOffer() {
    TestLink link = bench.leaf();
    effects.clear();
    connect(link.peer());
    assertEquals(List.of(), effects.takeOffers());
    assertEquals(List.of(), effects.takeFailures());
  }

  @Test
  void weOurselvesAreNoPeer() {
    connect(bench.self);
    assertEquals(List.of(new Failed(bench.self, ConnectFailure.SELF)), effects.takeFailures());
    assertEquals(List.of(), effects.takeOffers());
  }

  @Test
  void anOfferThatNobodyAnswersExpires() {
    PeerId peer = bench.stranger();
    connect(peer);
    bench.tickFor(CONFIG.handshakeNs() - OverlayBench.TICK_NS);
    assertEquals(List.of(), effects.takeFailures());
    bench.tick();
    assertEquals(List.of(new Failed(peer, ConnectFailure.NO_ANSWER)), effects.takeFailures());
    bench.answers(peer, THEIR_URL);
    assertEquals(List.of(), effects.takeDials(), "an answer too late");
    bench.tickFor(CONFIG.handshakeNs());
    assertEquals(List.of(), effects.takeFailures(), "told twice");
  }

  @Test
  void anAnswerWithoutUrlEndsIt() {
    PeerId peer = bench.stranger();
    connect(peer);
    bench.answers(peer, null);
    assertEquals(List.of(new Failed(peer, ConnectFailure.NOT_REACHABLE)), effects.takeFailures());
    assertEquals(List.of(), effects.takeDials());
  }

  @Test
  void answersToNoOfferOfOursAreNotDialed() {
    PeerId peer = bench.stranger();
    bench.answers(peer, THEIR_URL);
    bench.answers(peer, null);
    connect(bench.stranger());
    bench.answers(peer, THEIR_URL);
    assertEquals(List.of(), effects.takeDials());
    assertEquals(List.of(), effects.takeFailures());
  }

  @Test
  void onlyTheFirstAnswerCounts() {
    PeerId peer = bench.stranger();
    connect(peer);
    bench.answers(peer, THEIR_URL);
    bench.answers(peer, "ws://elsewhere.example");
    bench.answers(peer, null);
    assertEquals(List.of(new Dial(THEIR_URL, peer)), effects.takeDials());
    assertEquals(List.of(), effects.takeFailures());
  }

  @Test
  void aNeighboursAnswerIsNotDialed() {
    PeerId peer = bench.stranger();
    connect(peer);
    TestLink link = bench.linkFrom(peer);
    assertTrue(bench.up(link));
    bench.says(link, answer(THEIR_URL));
    assertEquals(List.of(), effects.takeDials());
  }

  @Test
  void aDialThatFailsEndsItAndMayBeTriedAgain() {
    PeerId peer = bench.stranger();
    for (ConnectFailure failure :
        List.of(
            ConnectFailure.DIAL_FAILED, ConnectFailure.NOT_ALLOWED, ConnectFailure.WRONG_PEER)) {
      connect(peer);
      bench.answers(peer, THEIR_URL);
      bench.overlay.onDialFailed(THEIR_URL, peer, failure, bench.nowNs);
      assertEquals(List.of(new Failed(peer, failure)), effects.takeFailures());
      assertEquals(List.of(new Dial(THEIR_URL, peer)), effects.takeDials());
    }
  }

  @Test
  void aDialThatNeverEndsIsGivenUpAsAFailedDial() {
    PeerId peer = bench.stranger();
    connect(peer);
    bench.tickFor(CONFIG.handshakeNs() - OverlayBench.TICK_NS);
    bench.answers(peer, THEIR_URL);
    bench.tickFor(CONFIG.handshakeNs() - OverlayBench.TICK_NS);
    assertEquals(List.of(), effects.takeFailures());
    bench.tick();
    assertEquals(List.of(new Failed(peer, ConnectFailure.DIAL_FAILED)), effects.takeFailures());
  }

  @Test
  void anOfferIsAnsweredWithOurUrlOrWithNone() {
    PeerId peer = bench.stranger();
    bench.says(peer, OFFER);
    assertEquals(
        List.of(new Send(peer, new Message.HandshakeAnswer(null, false))), effects.takeSends());
    bench.overlay.advertise(OUR_URL);
    bench.says(peer, OFFER);
    assertEquals(List.of(new Send(peer, answer(OUR_URL))), effects.takeSends());
  }

  @Test
  void aNeighboursOfferIsNotAnswered() {
    TestLink link = bench.leaf();
    effects.clear();
    bench.says(link, OFFER);
    assertEquals(List.of(), effects.takeSends());
  }

  @Test
  void ifBothOfferTheSmallerIdIsAnswered() {
    bench.overlay.advertise(OUR_URL);
    PeerId smaller = bench.stranger(true);
    PeerId larger = bench.stranger(false);
    connect(smaller);
    connect(larger);
    effects.clear();
    bench.says(smaller, OFFER);
    bench.says(larger, OFFER);
    assertEquals(List.of(new Send(smaller, answer(OUR_URL))), effects.takeSends());
    // The larger one has to answer us; only we dial.
    bench.answers(larger, THEIR_URL);
    assertEquals(List.of(new Dial(THEIR_URL, larger)), effects.takeDials());
  }

  @Test
  void theLargerIdThatOfferedTooIsAnsweredWhenOurOwnOfferHasFailed() {
    bench.overlay.advertise(OUR_URL);
    PeerId larger = bench.stranger(false);
    connect(larger);
    bench.says(larger, OFFER);
    effects.clear();
    bench.answers(larger, THEIR_URL);
    bench.overlay.onDialFailed(THEIR_URL, larger, ConnectFailure.DIAL_FAILED, bench.nowNs);
    assertEquals(List.of(new Send(larger, answer(OUR_URL))), effects.takeSends());
    assertEquals(List.of(new Failed(larger, ConnectFailure.DIAL_FAILED)), effects.takeFailures());

    bench.tickFor(CONFIG.handshakeNs());
    connect(larger);
    effects.clear();
    bench.tickFor(CONFIG.handshakeNs());
    assertEquals(List.of(larger), effects.takeOffers(), "not only the offer once again");
  }

  @Test
  void aPeerWithoutUrlThatTheApplicationWantsIsInvitedToDialUs() {
    bench.overlay.advertise(OUR_URL);
    PeerId peer = bench.stranger();
    connect(peer);
    effects.clear();
    bench.answers(peer, null);
    assertEquals(List.of(new Send(peer, answer(OUR_URL))), effects.takeSends());
    assertTrue(bench.up(bench.linkFromNpm(peer)));
    assertEquals(List.of(peer), effects.takeLinked());
    bench.tickForWhileAllTalk(2 * CONFIG.handshakeNs());
    assertEquals(List.of(), effects.takeFailures());
  }

  @Test
  void whoDoesNotDialUsEitherCannotBeReached() {
    bench.overlay.advertise(OUR_URL);
    PeerId peer = bench.stranger();
    connect(peer);
    bench.answers(peer, null);
    bench.answers(peer, null);
    bench.tickFor(CONFIG.handshakeNs() - OverlayBench.TICK_NS);
    assertEquals(List.of(), effects.takeFailures());
    bench.tick();
    assertEquals(List.of(new Failed(peer, ConnectFailure.NOT_REACHABLE)), effects.takeFailures());
  }

  @Test
  void whoHasSaidThatItHasNoUrlIsInvitedAtOnceSinceItMayAnswerNoMore() {
    bench.overlay.advertise(OUR_URL);
    PeerId peer = bench.stranger();
    connect(peer);
    bench.answers(peer, null);
    bench.tickFor(CONFIG.handshakeNs());
    effects.clear();
    connect(peer);
    connect(peer);
    assertEquals(
        List.of(new Send(peer, OFFER), new Send(peer, answer(OUR_URL))), effects.takeSends());
    bench.answers(peer, THEIR_URL);
    assertEquals(List.of(new Dial(THEIR_URL, peer)), effects.takeDials(), "it has one now");
  }

  @Test
  void anInvitedPeerThatOffersALinkIsAnsweredWhateverItsId() {
    bench.overlay.advertise(OUR_URL);
    PeerId larger = bench.stranger(false);
    connect(larger);
    bench.answers(larger, null);
    effects.clear();
    bench.says(larger, OFFER);
    assertEquals(List.of(new Send(larger, answer(OUR_URL))), effects.takeSends());
  }

  @Test
  void strangersWithoutUrlThatAreOfferedLinksToFillUpAreNotInvited() {
    bench.overlay.advertise(OUR_URL);
    TestLink relay = bench.relay();
    PeerId stranger = bench.stranger();
    bench.says(relay, new Message.FoundPeers(List.of(stranger)));
    assertEquals(List.of(stranger), effects.takeOffers());
    bench.answers(stranger, null);
    assertEquals(List.of(), effects.takeSends());
    assertEquals(
        List.of(new Failed(stranger, ConnectFailure.NOT_REACHABLE)), effects.takeFailures());
  }

  @Test
  void aLinkThatComesInEndsTheOffer() {
    PeerId peer = bench.stranger();
    connect(peer);
    TestLink link = bench.linkFrom(peer);
    assertTrue(bench.up(link));
    assertEquals(List.of(peer), effects.takeLinked());
    bench.down(link);
    bench.answers(peer, THEIR_URL);
    bench.tickFor(2 * CONFIG.handshakeNs());
    assertEquals(List.of(), effects.takeDials());
    assertEquals(List.of(), effects.takeFailures());
  }

  @Test
  void anAnswerOfAnotherPeerIsNotTakenForThatOfTheOneThatWasAsked() {
    PeerId asked = bench.stranger();
    connect(asked);
    bench.answers(bench.stranger(), THEIR_URL);
    assertEquals(List.of(), effects.takeDials());
    assertFalse(effects.takeOffers().isEmpty());
  }
}
