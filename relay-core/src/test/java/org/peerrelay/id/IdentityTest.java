package org.peerrelay.id;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

  // RFC 8032, section 7.1, test 1.
  private static final String RFC_SECRET =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String RFC_PUBLIC =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  private static final String RFC_SIGNATURE_OF_NOTHING =
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
          + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

  private final Identity identity = Identity.generate(new SecureRandom());

  @Test
  void theKeyOfTheRfcGivesItsPublicKeyAndSignature() {
    Identity rfc = Identity.ofPem(PemKeys.pem(PemKeys.pkcs8(bytes(RFC_SECRET))));

    assertArrayEquals(bytes(RFC_PUBLIC), rfc.publicKey());
    assertArrayEquals(bytes(RFC_SIGNATURE_OF_NOTHING), rfc.sign(new byte[0]));
    assertTrue(Identity.verify(rfc.publicKey(), new byte[0], bytes(RFC_SIGNATURE_OF_NOTHING)));
  }

  @Test
  void theIdIsTheStartOfTheHashOfThePublicKey() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.publicKey());

    assertEquals(PeerId.ofBytes(Arrays.copyOf(hash, 20)), identity.id());
    assertEquals(identity.id(), Identity.idOf(identity.publicKey()));
  }

  @Test
  void everyGeneratedIdentityIsAnother() {
    assertNotEquals(identity.id(), Identity.generate(new SecureRandom()).id());
  }

  @Test
  void changingTheArrayOfThePublicKeyChangesNoIdentity() {
    identity.publicKey()[0] ^= 1;

    assertEquals(identity.id(), Identity.idOf(identity.publicKey()));
  }

  @Test
  void aSignatureFitsItsMessageAndSignerOnly() {
    byte[] key = identity.publicKey();
    byte[] signature = identity.sign(MESSAGE);

    assertTrue(Identity.verify(key, MESSAGE, signature));
    assertFalse(Identity.verify(key, new byte[0], signature));
    assertFalse(
        Identity.verify(Identity.generate(new SecureRandom()).publicKey(), MESSAGE, signature));
    for (int i = 0; i < signature.length; i++) {
      byte[] changed = signature.clone();
      changed[i] ^= 1;
      assertFalse(Identity.verify(key, MESSAGE, changed), "signature byte " + i);
    }
  }

  @Test
  void keysAndSignaturesOfAnyOtherLengthVerifyNothing() {
    byte[] key = identity.publicKey();
    byte[] signature = identity.sign(MESSAGE);

    for (int length : new int[] {0, 31, 33, 64}) {
      assertFalse(Identity.verify(Arrays.copyOf(key, length), MESSAGE, signature));
    }
    for (int length : new int[] {0, 63, 65, 128}) {
      assertFalse(Identity.verify(key, MESSAGE, Arrays.copyOf(signature, length)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The neutral element, and points of order 2, 4 and 8.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        // The neutral element once more, as a number that is not reduced.
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // No point of the curve.
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void keysWithWhichAnybodyCouldSignVerifyNothing(String key) {
    byte[] signature = new byte[Identity.SIGNATURE_BYTES];
    signature[0] = 1;
    for (int i = 0; i < 64; i++) {
      assertFalse(Identity.verify(bytes(key), new byte[] {(byte) i}, signature), "message " + i);
    }
  }

  @Test
  void anIdentitySurvivesTheWayThroughPem() {
    Identity copy = Identity.ofPem(identity.toPem());

    assertEquals(identity.id(), copy.id());
    assertArrayEquals(identity.sign(MESSAGE), copy.sign(MESSAGE));
    assertEquals(identity.toPem(), copy.toPem());
  }

  @Test
  void pemWithWindowsLineEndsAndTextAroundItIsRead() {
    String pem = "made for the tests\r\n" + identity.toPem().replace("\n", "\r\n") + "the end\r\n";

    assertEquals(identity.id(), Identity.ofPem(pem).id());
  }

  @Test
  void pemThatIsNoWholeKeyIsRefused() {
    String pem = identity.toPem();
    for (int length = 0; length < pem.length() - 6; length++) {
      assertRefused(pem.substring(0, length));
    }
    assertRefused(pem.replace("MC4C", "MC4D"));
    assertRefused(pem.replace("MC4C", "M*4C"));
    assertRefused(PemKeys.pem(new byte[0]));
    assertRefused(PemKeys.pem(PemKeys.pkcs8(new byte[31])));
    assertRefused(PemKeys.pem(PemKeys.pkcs8(new byte[33])));
  }

  @Test
  void pemOfAnotherKindIsRefused() throws Exception {
    assertRefused(identity.toPem().replace("PRIVATE KEY", "PUBLIC KEY"));
    assertRefused(identity.toPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    for (String algorithm : new String[] {"Ed448", "X25519", "EC", "RSA"}) {
      byte[] other =
          KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
      assertRefused(PemKeys.pem(other));
    }
  }

  @Test
  void aRefusalDoesNotQuoteTheKey() {
    String pem = identity.toPem().replace("-----END", "*-----END");
    String key = pem.lines().skip(1).findFirst().orElseThrow().substring(24, 60);

    for (Throwable e = assertRefused(pem); e != null; e = e.getCause()) {
      assertFalse(String.valueOf(e.getMessage()).contains(key), e::toString);
    }
  }

  private static IllegalArgumentException assertRefused(String pem) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Identity.ofPem(pem), pem);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(
        message.endsWith("(expected: unencrypted Ed25519 private key as PKCS#8 PEM)"), message);
    return refusal;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
