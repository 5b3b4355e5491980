package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;

class LinkTest {
  private static final PeerId PEER = new PeerId(1, 2, 3);
  private static final Message NEITHER = new Message.HandshakeAnswer(null, false);
  private static final Message URL = new Message.HandshakeAnswer("ws://localhost:1", false);
  private static final Message WEB_RTC = new Message.HandshakeAnswer(null, true);

  private final Link leaf = TestLink.leaf(PEER);

  @Test
  void whoWasDialedIsARelayThatCanBeReached() {
    Link relay = TestLink.relay(PEER);

    assertTrue(relay.relays());
    assertEquals(Link.Reach.CONNECTABLE, relay.reach());
    assertEquals("ws://relay.example", relay.dialedUrl());
  }

  @Test
  void whoCameToUsIsALeafOfWhichNothingIsKnown() {
    assertEquals(PEER, leaf.peer());
    assertFalse(leaf.relays());
    assertFalse(leaf.webRtc());
    assertEquals(Link.Reach.UNKNOWN, leaf.reach());
    assertNull(leaf.dialedUrl());
  }

  @Test
  void thatAPeerRelaysIsNewsOnce() {
    assertTrue(leaf.sawRelaying());
    assertFalse(leaf.sawRelaying());
    assertTrue(leaf.relays());
  }

  @Test
  void aUrlMakesAPeerReachable() {
    assertTrue(leaf.sawOwn(URL));
    assertEquals(Link.Reach.CONNECTABLE, leaf.reach());
    assertFalse(leaf.webRtc());
  }

  @Test
  void webRtcMakesAPeerReachable() {
    assertTrue(leaf.sawOwn(WEB_RTC));
    assertEquals(Link.Reach.CONNECTABLE, leaf.reach());
    assertTrue(leaf.webRtc());
  }

  @Test
  void whoHasNeitherCannotBeReached() {
    assertTrue(leaf.sawOwn(NEITHER));
    assertEquals(Link.Reach.UNCONNECTABLE, leaf.reach());
  }

  @Test
  void whatIsKnownAlreadyIsNoNews() {
    leaf.sawOwn(URL);

    assertFalse(leaf.sawOwn(URL));
    assertFalse(leaf.sawOwn(WEB_RTC));
  }

  @Test
  void aSignalShowsThatAPeerKnowsWebRtc() {
    leaf.sawOwn(new Message.Signal("{}"));

    assertTrue(leaf.webRtc());
  }

  @Test
  void webRtcIsNotForgotten() {
    leaf.sawOwn(WEB_RTC);
    leaf.sawOwn(NEITHER);

    assertTrue(leaf.webRtc());
  }

  @Test
  void otherMessagesShowNothing() {
    assertFalse(leaf.sawOwn(new Message.FindPeers(PEER)));
    assertFalse(leaf.sawOwn(new Message.HandshakeOffer()));
    assertEquals(Link.Reach.UNKNOWN, leaf.reach());
  }
}
