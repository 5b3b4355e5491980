package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.message.CloseReason;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.LinkProof.Side;

class LinkHandshakeTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Identity alice = Identity.generate(RANDOM);
  private final Identity relay = Identity.generate(RANDOM);
  private final Identity mallory = Identity.generate(RANDOM);

  @Test
  void bothSidesLearnEachOthersProvenId() throws Exception {
    LinkHandshake dialer = dialer(alice, "relay.example:80");
    LinkHandshake acceptor = acceptor(relay);

    List<byte[]> toAcceptor = dialer.onFrame(acceptor.begin().get(0));
    assertTrue(acceptor.onFrame(toAcceptor.get(0)).isEmpty());
    assertFalse(acceptor.isDone());
    List<byte[]> toDialer = acceptor.onFrame(toAcceptor.get(1));
    dialer.onFrame(toDialer.get(0));

    assertTrue(dialer.isDone() && acceptor.isDone());
    assertEquals(relay.id(), dialer.theirId());
    assertEquals(alice.id(), acceptor.theirId());
    assertEquals("relay.example:80", acceptor.theirHello().authority());
  }

  @Test
  void theDialerSaysNothingFirst() {
    assertTrue(dialer(alice, "relay.example:80").begin().isEmpty());
  }

  @Test
  void aReplayedProofIsRefused() throws Exception {
    LinkHandshake recordedAcceptor = acceptor(relay);
    List<byte[]> recorded = dialer(alice, "a:1").onFrame(recordedAcceptor.begin().get(0));

    LinkHandshake fresh = acceptor(relay);
    fresh.begin();
    fresh.onFrame(recorded.get(0));

    assertRefused(CloseReason.BAD_PROOF, fresh, recorded.get(1));
  }

  @Test
  void aReflectedHandshakeIsRefused() throws Exception {
    LinkHandshake acceptor = acceptor(relay);
    byte[] hello = acceptor.begin().get(0);
    LinkHandshake dialerOfItself = dialer(relay, "a:1");
    List<byte[]> answers = dialerOfItself.onFrame(hello);

    // Mallory sends both victims their own frames back.
    LinkHandshake victim = dialer(alice, "a:1");
    byte[] own = victim.onFrame(hello).get(0);
    LinkHandshake mirror = dialer(alice, "a:1");
    List<byte[]> reflected = mirror.onFrame(own);
    assertRefused(CloseReason.BAD_PROOF, mirror, reflected.get(1));
    assertRefused(CloseReason.BAD_PROOF, victim, answers.get(1));
  }

  @Test
  void aProofForAThirdIsRefused() throws Exception {
    // Alice dials Mallory, who passes everything on to the relay.
    LinkHandshake target = acceptor(relay);
    target.begin();
    LinkHandshake mallorysAcceptor = acceptor(mallory);
    List<byte[]> fromAlice = dialer(alice, "a:1").onFrame(mallorysAcceptor.begin().get(0));
    target.onFrame(fromAlice.get(0));

    assertRefused(CloseReason.BAD_PROOF, target, fromAlice.get(1));
  }

  @Test
  void aProofByAnotherKeyIsRefused() throws Exception {
    LinkHandshake acceptor = acceptor(relay);
    byte[] acceptorHello = acceptor.begin().get(0);
    byte[] aliceHello = dialer(alice, "a:1").onFrame(acceptorHello).get(0);
    acceptor.onFrame(aliceHello);
    byte[] signed = LinkProof.transcript(Side.DIALER, aliceHello, acceptorHello, relay.id());
    byte[] frame = new byte[65];
    frame[0] = (byte) LinkProof.KIND;
    System.arraycopy(mallory.sign(signed), 0, frame, 1, 64);

    assertRefused(CloseReason.BAD_PROOF, acceptor, frame);
  }

  @Test
  void aDialerOfAnotherNameIsRefusedByAnAcceptorThatKnowsItsOwn() throws Exception {
    LinkHandshake acceptor =
        new LinkHandshake(Side.ACCEPTOR, relay, hello(relay, null), Set.of("relay.example:443"));
    byte[] hello = dialer(alice, "mallory.example:443").onFrame(acceptor.begin().get(0)).get(0);

    assertRefused(CloseReason.WRONG_NAME, acceptor, hello);
  }

  @Test
  void anotherPeerThanTheExpectedGetsNoProof() {
    LinkHandshake dialer = dialer(alice, "a:1").expecting(mallory.id());

    assertRefused(CloseReason.WRONG_PEER, dialer, acceptor(relay).begin().get(0));
  }

  @Test
  void aPeerOfAnotherVersionIsRefused() {
    Hello own = hello(alice, "a:1");
    Hello future =
        new Hello(
            3,
            4,
            false,
            own.publicKey(),
            own.random(),
            null,
            "a:1",
            own.maxPayloadBytes(),
            null,
            false);

    assertRefused(CloseReason.NO_COMMON_VERSION, acceptor(relay), HelloCodec.write(future));
  }

  @Test
  void aPeerThatAlsoSpeaksLaterVersionsIsWelcome() throws Exception {
    Hello own = hello(alice, "a:1");
    Hello both =
        new Hello(
            1,
            9,
            false,
            own.publicKey(),
            own.random(),
            null,
            "a:1",
            own.maxPayloadBytes(),
            null,
            false);
    LinkHandshake acceptor = acceptor(relay);

    acceptor.onFrame(HelloCodec.write(both));

    assertEquals(alice.id(), acceptor.theirId());
  }

  @Test
  void anythingButAProofAfterTheHelloIsMalformed() throws Exception {
    LinkHandshake acceptor = acceptor(relay);
    byte[] hello = dialer(alice, "a:1").onFrame(acceptor.begin().get(0)).get(0);
    acceptor.onFrame(hello);

    assertThrows(MalformedFrameException.class, () -> acceptor.onFrame(hello));
    assertThrows(MalformedFrameException.class, () -> acceptor.onFrame(new byte[0]));
    assertThrows(MalformedFrameException.class, () -> acceptor.onFrame(new byte[65]));
  }

  @Test
  void helloSurvivesTheWire() throws Exception {
    Hello hello =
        new Hello(
            2,
            3,
            true,
            Bytes32.of(alice.publicKey()),
            Bytes32.of(random()),
            "wss://relay.example:443",
            null,
            1_000,
            "192.0.2.7:5001",
            true);

    byte[] frame = HelloCodec.write(hello);

    assertEquals(hello, HelloCodec.read(frame));
    assertArrayEquals(frame, HelloCodec.write(HelloCodec.read(frame)));
  }

  private static void assertRefused(CloseReason reason, LinkHandshake handshake, byte[] frame) {
    RefusedHandshakeException refused =
        assertThrows(RefusedHandshakeException.class, () -> handshake.onFrame(frame));
    assertEquals(reason, refused.reason());
    assertFalse(handshake.isDone());
  }

  private static LinkHandshake dialer(Identity identity, String authority) {
    return new LinkHandshake(Side.DIALER, identity, hello(identity, authority), Set.of());
  }

  private static LinkHandshake acceptor(Identity identity) {
    return new LinkHandshake(Side.ACCEPTOR, identity, hello(identity, null), Set.of());
  }

  private static Hello hello(Identity identity, @Nullable String authority) {
    return new Hello(
        2,
        2,
        authority == null,
        Bytes32.of(identity.publicKey()),
        Bytes32.of(random()),
        null,
        authority,
        65_536,
        null,
        false);
  }

  private static byte[] random() {
    byte[] bytes = new byte[Bytes32.LENGTH];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
