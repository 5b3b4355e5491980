package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.JsonRecord;
import org.peerrelay.wire.binary.LinkProof.Side;

/** Keys, HELLOs and proofs are byte for byte those of the golden vectors. */
class ProtocolVectorsTest {
  @Test
  void keysAndIdsAreThoseOfTheVectors() {
    for (JsonRecord key : ProtocolVectors.all("keys")) {
      Identity identity = ProtocolVectors.identity(key.text("name"));

      assertArrayEquals(key.bytes("publicKey"), identity.publicKey());
      assertEquals(key.text("id"), identity.id().hex());
    }
  }

  @TestFactory
  Stream<DynamicTest> hellosAreReadAsTheVectorsSay() {
    return ProtocolVectors.all("hellos").stream()
        .map(
            entry ->
                dynamicTest(
                    entry.text("name"),
                    () ->
                        assertEquals(
                            ProtocolVectors.hello(entry), HelloCodec.read(entry.bytes("frame")))));
  }

  @TestFactory
  Stream<DynamicTest> hellosAreWrittenAsTheVectorsSay() {
    return ProtocolVectors.all("hellos").stream()
        .filter(ProtocolVectors::isOurs)
        .map(
            entry ->
                dynamicTest(
                    entry.text("name"),
                    () ->
                        assertArrayEquals(
                            entry.bytes("frame"), HelloCodec.write(ProtocolVectors.hello(entry)))));
  }

  @Test
  void transcriptsAndSignaturesOfBothSidesAreThoseOfTheVectors() {
    for (JsonRecord handshake : ProtocolVectors.all("handshakes")) {
      checkProof(handshake, Side.DIALER, handshake.record("dialer"));
      checkProof(handshake, Side.ACCEPTOR, handshake.record("acceptor"));
    }
  }

  private static void checkProof(JsonRecord handshake, Side signer, JsonRecord proof) {
    JsonRecord dialer = hello(handshake, "dialerHello");
    JsonRecord acceptor = hello(handshake, "acceptorHello");
    PeerId verifier = idOf(signer == Side.DIALER ? acceptor : dialer);
    Identity identity = ProtocolVectors.identity(proof.text("key"));

    byte[] transcript =
        LinkProof.transcript(signer, dialer.bytes("frame"), acceptor.bytes("frame"), verifier);

    assertArrayEquals(proof.bytes("transcript"), transcript);
    assertArrayEquals(proof.bytes("frame"), frame(identity.sign(transcript)));
  }

  @Test
  void aWholeHandshakeIsThatOfTheVectors() throws Exception {
    int whole = 0;
    for (JsonRecord handshake : ProtocolVectors.all("handshakes")) {
      JsonRecord dialer = hello(handshake, "dialerHello");
      JsonRecord acceptor = hello(handshake, "acceptorHello");
      if (ProtocolVectors.isOurs(dialer) && ProtocolVectors.isOurs(acceptor)) {
        checkHandshake(handshake, dialer, acceptor);
        whole++;
      }
    }
    assertTrue(whole > 0, "no handshake in the vectors that this code could have made");
  }

  private static void checkHandshake(JsonRecord handshake, JsonRecord dialer, JsonRecord acceptor)
      throws Exception {
    LinkHandshake dialing = side(Side.DIALER, dialer);
    LinkHandshake accepting = side(Side.ACCEPTOR, acceptor);

    List<byte[]> first = accepting.begin();
    List<byte[]> second = dialing.onFrame(first.get(0));
    accepting.onFrame(second.get(0));
    List<byte[]> third = accepting.onFrame(second.get(1));
    dialing.onFrame(third.get(0));

    assertArrayEquals(acceptor.bytes("frame"), first.get(0));
    assertArrayEquals(dialer.bytes("frame"), second.get(0));
    assertArrayEquals(handshake.record("dialer").bytes("frame"), second.get(1));
    assertArrayEquals(handshake.record("acceptor").bytes("frame"), third.get(0));
    assertEquals(idOf(acceptor), dialing.theirId());
    assertEquals(idOf(dialer), accepting.theirId());
  }

  private static LinkHandshake side(Side side, JsonRecord hello) {
    Identity identity = ProtocolVectors.identity(hello.text("key"));
    return new LinkHandshake(side, identity, ProtocolVectors.hello(hello), Set.of());
  }

  private static JsonRecord hello(JsonRecord handshake, String member) {
    return ProtocolVectors.named("hellos", handshake.text(member));
  }

  private static PeerId idOf(JsonRecord hello) {
    return ProtocolVectors.identity(hello.text("key")).id();
  }

  private static byte[] frame(byte[] signature) {
    byte[] frame = new byte[1 + signature.length];
    frame[0] = (byte) LinkProof.KIND;
    System.arraycopy(signature, 0, frame, 1, signature.length);
    return frame;
  }
}
