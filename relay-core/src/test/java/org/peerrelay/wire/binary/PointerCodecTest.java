package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;
import org.peerrelay.wire.UnfitDatagramException;

class PointerCodecTest {
  private static final PeerId RELAY = new PeerId(1, 2, 3);
  private static final int FIXED_BYTES = 31;

  private final Identity identity = Identity.generate(new SecureRandom());

  private static Pointer read(byte[] bytes) throws UnfitDatagramException {
    return PointerCodec.read(Unpooled.wrappedBuffer(bytes));
  }

  private static void refused(byte[] bytes, String detail) {
    UnfitDatagramException refusal =
        assertThrows(UnfitDatagramException.class, () -> read(bytes), detail);
    assertEquals(DropReason.MALFORMED, refusal.reason());
    String message = Objects.requireNonNull(refusal.getMessage());
    assertTrue(message.contains(detail), message);
  }

  private static Pointer unsigned(int relays, long issued, int lifetimeS) {
    return new Pointer(RELAY, Collections.nCopies(relays, RELAY), issued, lifetimeS, null);
  }

  private Pointer signed() {
    return PointerCodec.sign(identity, List.of(RELAY, identity.id()), 1_700_000_000_000L, 900);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void pointersAreReadAsTheyWereWritten(int relays) throws Exception {
    for (Pointer pointer :
        List.of(
            unsigned(relays, 0, 1),
            unsigned(relays, Long.MAX_VALUE, Pointer.MAX_LIFETIME_S),
            PointerCodec.sign(identity, Collections.nCopies(relays, RELAY), 5, 900))) {
      byte[] bytes = PointerCodec.write(pointer);
      int sealBytes = pointer.isSigned() ? 96 : 0;
      assertEquals(FIXED_BYTES + 20 * relays + sealBytes, bytes.length);
      assertEquals(pointer, read(bytes));
    }
  }

  @Test
  void onlyWhatIsLeftOfTheBufferIsRead() throws Exception {
    byte[] bytes = PointerCodec.write(signed());
    assertEquals(
        signed(), PointerCodec.read(Unpooled.wrappedBuffer(new byte[7], bytes).skipBytes(7)));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] bytes = PointerCodec.write(signed());
    int withoutSeal = FIXED_BYTES + 2 * PeerId.BYTES;
    for (int length = 0; length < bytes.length; length++) {
      if (length != withoutSeal) {
        refused(Arrays.copyOf(bytes, length), length < withoutSeal ? "cut short" : "signature");
      }
    }
    refused(Arrays.copyOf(bytes, bytes.length + 1), "97 bytes of signature");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 255})
  void aNumberOfRelaysOutOfRange(int count) {
    byte[] bytes = PointerCodec.write(unsigned(4, 1, 1));
    bytes[0] = (byte) count;
    refused(Arrays.copyOf(bytes, 31 + 20 * count), "relays (expected: 1 to 4)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3_601, 65_535})
  void aLifetimeOutOfRange(int lifetimeS) {
    refused(PointerCodec.write(unsigned(1, 1, lifetimeS)), "lifetime " + lifetimeS + " s");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void aTimeOfIssueOutOfRange(long issued) {
    refused(PointerCodec.write(unsigned(1, issued, 1)), "issued over 2^63");
  }

  @Test
  void everyBitIsSigned() {
    byte[] bytes = PointerCodec.write(signed());
    for (int i = 0; i < bytes.length; i++) {
      byte[] forged = bytes.clone();
      forged[i] ^= 1;
      assertThrows(UnfitDatagramException.class, () -> read(forged), "byte " + i);
    }
  }

  @Test
  void aSignatureByAnotherKeyIsRefused() {
    Identity other = Identity.generate(new SecureRandom());
    Pointer own = signed();
    Pointer byOther = PointerCodec.sign(other, own.relays(), own.issued(), own.lifetimeS());
    Pointer forged =
        new Pointer(own.peer(), own.relays(), own.issued(), own.lifetimeS(), byOther.seal());
    refused(PointerCodec.write(forged), "does not hold");
  }

  @Test
  void anothersPointerUnderOwnKeyIsRefused() {
    Identity thief = Identity.generate(new SecureRandom());
    // What a thief can sign: the victim's pointer, by its own key.
    byte[] pointer = PointerCodec.write(new Pointer(identity.id(), List.of(RELAY), 1, 1, null));
    byte[] domain = "peer-relay.2 pointer\0".getBytes(StandardCharsets.US_ASCII);
    byte[] text = Unpooled.wrappedBuffer(domain, pointer).copy().array();
    Seal seal = new Seal(thief.publicKey(), thief.sign(text));
    refused(
        PointerCodec.write(new Pointer(identity.id(), List.of(RELAY), 1, 1, seal)),
        "does not hold");
  }

  @Test
  void whatIsSignedBeginsWithItsDomain() throws Exception {
    byte[] pointer = PointerCodec.write(new Pointer(identity.id(), List.of(RELAY), 1, 1, null));
    Seal bare = new Seal(identity.publicKey(), identity.sign(pointer));
    refused(
        PointerCodec.write(new Pointer(identity.id(), List.of(RELAY), 1, 1, bare)),
        "does not hold");
  }
}
