package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.testing.TestAuthority;
import org.peerrelay.testing.TestAuthority.Issued;

/** What is taken for a certificate with its key, and what is said of all else. */
class ServerCertificateTest {
  private static final String KEY = " (expected: PEM of an RSA or EC key, not encrypted)";

  private final Instant now = Instant.now();
  private final TestAuthority authority = new TestAuthority();
  private final Issued issued = authority.issue("relay.example");

  private String refusal(String chain, String key) {
    return String.valueOf(
        assertThrows(
                UnusableCertificateException.class, () -> ServerCertificate.ofPem(chain, key, now))
            .getMessage());
  }

  /** The key as older tools write it: PKCS#1 or SEC 1. */
  private static String bare(String type, KeyPair keys) throws Exception {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
    return TestAuthority.pem(type, info.parsePrivateKey().toASN1Primitive().getEncoded());
  }

  @Test
  void theChainIsReadAsItStands() throws Exception {
    ServerCertificate read = ServerCertificate.ofPem(issued.chain(), issued.key(), now);
    assertEquals(2, read.chain().size());
    assertEquals(read.own(), read.chain().get(0));
    assertEquals("CN=Test Server", read.own().getSubjectX500Principal().getName());
    assertTrue(issued.chain().startsWith(read.toPem()));
    assertTrue(read.fingerprint().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"), read.fingerprint());
  }

  @Test
  void allFormsOfKeysAreRead() throws Exception {
    Issued rsa = authority.issueRsa("relay.example");
    List<String> keys = new ArrayList<>();
    keys.add(rsa.key());
    keys.add(bare("RSA PRIVATE KEY", rsa.keys()));
    keys.add(rsa.chain() + rsa.key());
    for (String key : keys) {
      assertEquals("RSA", ServerCertificate.ofPem(rsa.chain(), key, now).key().getAlgorithm());
    }
    // As openssl writes it, with the curve in it; the JDK leaves that out.
    BigInteger number = ((ECPrivateKey) issued.keys().getPrivate()).getS();
    byte[] content =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, number, SECObjectIdentifiers.secp256r1)
            .getEncoded();
    String sec1 = TestAuthority.pem("EC PRIVATE KEY", content);
    String openssl = TestAuthority.pem("EC PARAMETERS", new byte[] {5, 0}) + sec1;
    assertEquals("EC", ServerCertificate.ofPem(issued.chain(), openssl, now).key().getAlgorithm());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    String expected =
        "key: not that of the certificate (expected: the key of the first one in its file)";
    assertEquals(expected, refusal(issued.chain(), authority.issue("relay.example").key()));
    assertEquals(expected, refusal(issued.chain(), authority.issueRsa("relay.example").key()));
    assertEquals(expected, refusal(authority.pem() + issued.chain(), issued.key()));
  }

  @Test
  void aKeyThatCannotBeReadIsRefused() throws Exception {
    String damaged = issued.key().replaceFirst("\n....", "\nAAAA");
    assertEquals("key: damaged" + KEY, refusal(issued.chain(), damaged));
    assertEquals("key: none" + KEY, refusal(issued.chain(), issued.chain()));
    assertEquals("key: none" + KEY, refusal(issued.chain(), ""));
    String encrypted = issued.key().replace("PRIVATE", "ENCRYPTED PRIVATE");
    assertEquals("key: encrypted" + KEY, refusal(issued.chain(), encrypted));
    String old =
        bare("RSA PRIVATE KEY", TestAuthority.keys("RSA", 2_048))
            .replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n");
    assertEquals("key: encrypted" + KEY, refusal(issued.chain(), old));
    String ed25519 =
        TestAuthority.pem(
            "PRIVATE KEY", TestAuthority.keys("Ed25519", 255).getPrivate().getEncoded());
    assertEquals("key: of another algorithm" + KEY, refusal(issued.chain(), ed25519));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----"})
  void whatIsNoCertificateIsRefused(String text) {
    assertEquals("certificate: none (expected: PEM, at least one)", refusal(text, issued.key()));
  }

  @Test
  void aDamagedCertificateIsRefused() {
    String damaged = issued.chain().replaceFirst("\n....", "\nAAAA");
    assertEquals(
        "certificate: number 1 is damaged (expected: X.509 in PEM)",
        refusal(damaged, issued.key()));
    String half = issued.chain().substring(0, 200);
    assertEquals(
        "certificate: damaged after 0 PEM blocks (expected: whole ones)",
        refusal(half, issued.key()));
    String second = issued.chain() + "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----";
    assertEquals(
        "certificate: damaged after 2 PEM blocks (expected: whole ones)",
        refusal(second, issued.key()));
  }

  @Test
  void oneThatDoesNotHoldNowIsRefused() {
    Issued expired = authority.issueExpired("relay.example");
    String line = refusal(expired.chain(), expired.key());
    assertTrue(line.matches("certificate: holds from .* to .* \\(expected: now, .*"), line);
    assertThrows(
        UnusableCertificateException.class,
        () ->
            ServerCertificate.ofPem(issued.chain(), issued.key(), now.minus(Duration.ofDays(365))));
  }

  @Test
  void aSelfSignedOneHoldsForItsHostsAMonth() throws Exception {
    ServerCertificate made =
        ServerCertificate.selfSigned(
            List.of("localhost", "127.0.0.1", "::1"), now, new SecureRandom());
    assertEquals(now.plus(Duration.ofDays(30)).getEpochSecond(), made.expires().getEpochSecond());
    List<String> names =
        made.own().getSubjectAlternativeNames().stream().map(n -> n.get(1).toString()).toList();
    assertEquals(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), names);
    made.own().verify(made.own().getPublicKey());
    assertEquals(-1, made.own().getBasicConstraints(), "vouches for others");
  }
}
