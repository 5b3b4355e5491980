package org.peerrelay.id;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys and signatures cross to other programs' and back. */
class IdentityInteroperabilityTest {
  private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

  @Test
  void theJdkReadsOurKeyAndSignsTheSame() throws Exception {
    Identity identity = Identity.generate(new SecureRandom());
    PrivateKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(PemKeys.der(identity.toPem())));

    assertArrayEquals(identity.sign(MESSAGE), jdkSignature(key));
  }

  @Test
  void weReadAKeyOfTheJdkAndSignTheSame() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Identity identity = Identity.ofPem(PemKeys.pem(pair.getPrivate().getEncoded()));

    assertArrayEquals(rawPublicKey(pair.getPublic().getEncoded()), identity.publicKey());
    assertTrue(Identity.verify(identity.publicKey(), MESSAGE, jdkSignature(pair.getPrivate())));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(pair.getPublic());
    verifier.update(MESSAGE);
    assertTrue(verifier.verify(identity.sign(MESSAGE)));
  }

  @Test
  void opensslReadsOurKey() throws Exception {
    assumeTrue(opensslKnowsEd25519(), "openssl with Ed25519 is not installed");
    Identity identity = Identity.generate(new SecureRandom());

    byte[] publicKey = openssl(identity.toPem(), "pkey", "-pubout", "-outform", "DER");
    assertArrayEquals(identity.publicKey(), rawPublicKey(publicKey));
    String again = new String(openssl(identity.toPem(), "pkey"), StandardCharsets.US_ASCII);
    assertEquals(identity.toPem(), again.replace("\r", ""));
  }

  @Test
  void weReadAKeyOfOpenssl() throws Exception {
    assumeTrue(opensslKnowsEd25519(), "openssl with Ed25519 is not installed");
    String pem =
        new String(openssl("", "genpkey", "-algorithm", "ed25519"), StandardCharsets.US_ASCII);

    byte[] publicKey = openssl(pem, "pkey", "-pubout", "-outform", "DER");
    assertArrayEquals(rawPublicKey(publicKey), Identity.ofPem(pem).publicKey());
  }

  private static byte[] jdkSignature(PrivateKey key) throws Exception {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(key);
    signer.update(MESSAGE);
    return signer.sign();
  }

  /** The public key at the end of its X.509 form. */
  private static byte[] rawPublicKey(byte[] x509) {
    return Arrays.copyOfRange(x509, x509.length - Identity.PUBLIC_KEY_BYTES, x509.length);
  }

  private static boolean opensslKnowsEd25519() throws Exception {
    try {
      return openssl("", "genpkey", "-algorithm", "ed25519").length > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What openssl prints, or nothing if it fails. */
  private static byte[] openssl(String input, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.command().addAll(0, List.of("openssl"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.US_ASCII));
    }
    byte[] output = process.getInputStream().readAllBytes();
    return process.waitFor() == 0 ? output : new byte[0];
  }
}
