package org.peerrelay.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads certificates and their keys from PEM text (RFC 7468), as all tools write it. */
final class CertificatePem {
  private static final String UNENCRYPTED = " (expected: PEM of an RSA or EC key, not encrypted)";
  private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS =
      Map.of(PKCSObjectIdentifiers.rsaEncryption, "RSA", X9ObjectIdentifiers.id_ecPublicKey, "EC");

  private CertificatePem() {}

  /** All certificates in {@code pem}, one at least. */
  static List<X509Certificate> certificates(String pem) throws UnusableCertificateException {
    List<X509Certificate> found = new ArrayList<>();
    for (PemObject block : blocks(pem, "certificate")) {
      if (block.getType().equals("CERTIFICATE")) {
        found.add(certificate(block, found.size() + 1));
      }
    }
    if (found.isEmpty()) {
      throw new UnusableCertificateException("certificate: none (expected: PEM, at least one)");
    }
    return found;
  }

  private static X509Certificate certificate(PemObject block, int number)
      throws UnusableCertificateException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.getContent()));
    } catch (CertificateException e) {
      throw new UnusableCertificateException(
          "certificate: number " + number + " is damaged (expected: X.509 in PEM)", e);
    }
  }

  /** The first private key in {@code pem}: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC). */
  static PrivateKey key(String pem) throws UnusableCertificateException {
    for (PemObject block : blocks(pem, "key")) {
      if (block.getType().endsWith("PRIVATE KEY")) {
        try {
          return key(pkcs8(block));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
          throw new UnusableCertificateException("key: damaged" + UNENCRYPTED, e);
        }
      }
    }
    throw new UnusableCertificateException("key: none" + UNENCRYPTED);
  }

  private static PrivateKeyInfo pkcs8(PemObject block)
      throws UnusableCertificateException, IOException {
    byte[] content = block.getContent();
    if (block.getType().startsWith("ENCRYPTED") || !block.getHeaders().isEmpty()) {
      throw new UnusableCertificateException("key: encrypted" + UNENCRYPTED);
    }
    if (block.getType().startsWith("RSA")) {
      return new PrivateKeyInfo(
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
          RSAPrivateKey.getInstance(content));
    }
    if (block.getType().startsWith("EC")) {
      ECPrivateKey key = ECPrivateKey.getInstance(content);
      return new PrivateKeyInfo(
          new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
          key);
    }
    return PrivateKeyInfo.getInstance(content);
  }

  private static PrivateKey key(PrivateKeyInfo info)
      throws UnusableCertificateException, IOException, GeneralSecurityException {
    String algorithm = ALGORITHMS.get(info.getPrivateKeyAlgorithm().getAlgorithm());
    if (algorithm == null) {
      throw new UnusableCertificateException("key: of another algorithm" + UNENCRYPTED);
    }
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  private static List<PemObject> blocks(String pem, String what)
      throws UnusableCertificateException {
    List<PemObject> blocks = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        blocks.add(block);
      }
    } catch (IOException | RuntimeException e) {
      throw new UnusableCertificateException(
          what + ": damaged after " + blocks.size() + " PEM blocks (expected: whole ones)", e);
    }
    return blocks;
  }
}
