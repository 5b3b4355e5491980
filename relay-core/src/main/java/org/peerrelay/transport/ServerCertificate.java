package org.peerrelay.transport;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate with those that vouch for it, and with its key, of which has been checked that they
 * belong together. Immutable.
 */
public final class ServerCertificate {
  private static final int PEM_LINE = 64;

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  /** Of a key and a chain that belong together. */
  ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /**
   * Reads a certificate.
   *
   * @param chain PEM text: the server's own certificate first, then those that vouch for it, as in
   *     certbot's {@code fullchain.pem}
   * @param key PEM text: an RSA or EC key that is not encrypted, in PKCS#8, PKCS#1 or SEC 1
   * @param now when it has to hold
   * @throws UnusableCertificateException with one clear line if that is not so
   */
  public static ServerCertificate ofPem(String chain, String key, Instant now)
      throws UnusableCertificateException {
    List<X509Certificate> certificates = CertificatePem.certificates(chain);
    PrivateKey privateKey = CertificatePem.key(key);
    X509Certificate own = certificates.get(0);
    if (!belong(privateKey, own.getPublicKey())) {
      throw new UnusableCertificateException(
          "key: not that of the certificate (expected: the key of the first one in its file)");
    }
    Instant from = own.getNotBefore().toInstant();
    Instant until = own.getNotAfter().toInstant();
    if (now.isBefore(from) || now.isAfter(until)) {
      throw new UnusableCertificateException(
          "certificate: holds from %s to %s (expected: now, and it is %s)"
              .formatted(from, until, now));
    }
    return new ServerCertificate(privateKey, certificates);
  }

  private static boolean belong(PrivateKey key, PublicKey publicKey) {
    byte[] probe = {1};
    try {
      Signature signature =
          Signature.getInstance(
              key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // keys of two algorithms, or of two sizes
    }
  }

  /**
   * A new certificate for which nobody vouches, to try out TLS: it holds for 30 days, and its key
   * is nowhere but in here.
   *
   * @param hosts names and addresses for which it holds
   */
  public static ServerCertificate selfSigned(
      Collection<String> hosts, Instant now, SecureRandom random) {
    return SelfSigned.make(hosts, now, random);
  }

  /** Until when it holds. */
  public Instant expires() {
    return own().getNotAfter().toInstant();
  }

  /** Its SHA-256 as it is usually written, pairs of hexadecimal digits with colons in between. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The certificate alone in PEM, for those who are to trust it. */
  public String toPem() {
    byte[] lineEnd = {'\n'};
    String text = Base64.getMimeEncoder(PEM_LINE, lineEnd).encodeToString(encoded());
    return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
  }

  private byte[] encoded() {
    try {
      return own().getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was read can be written", impossible);
    }
  }

  X509Certificate own() {
    return chain.get(0);
  }

  List<X509Certificate> chain() {
    return chain;
  }

  PrivateKey key() {
    return key;
  }
}
