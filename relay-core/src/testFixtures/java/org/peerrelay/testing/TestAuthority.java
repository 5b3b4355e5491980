package org.peerrelay.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** An authority that nobody but a test believes, and the certificates that it signs. */
public final class TestAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration DAY = Duration.ofDays(1);
  private static final X500Name NAME = new X500Name("CN=Test Authority");
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final KeyPair keys = keys("EC", 256);
  private final byte[] certificate = sign(NAME, keys, Instant.now().plus(DAY), true);

  /**
   * What it has signed.
   *
   * @param chain PEM of the certificate, and of the authority's
   * @param key PEM of the key, PKCS#8
   * @param keys the same
   */
  public record Issued(String chain, String key, KeyPair keys) {}

  /** A certificate for some names and addresses, of an EC key, which holds now. */
  public Issued issue(String... hosts) {
    return issue(keys("EC", 256), Instant.now().plus(DAY), hosts);
  }

  /** As {@link #issue}, of an RSA key. */
  public Issued issueRsa(String... hosts) {
    return issue(keys("RSA", 2_048), Instant.now().plus(DAY), hosts);
  }

  /** As {@link #issue}, but it has held until an hour ago. */
  public Issued issueExpired(String... hosts) {
    return issue(keys("EC", 256), Instant.now().minus(Duration.ofHours(1)), hosts);
  }

  private Issued issue(KeyPair own, Instant until, String... hosts) {
    X500Name name = new X500Name("CN=Test Server");
    String chain = pem("CERTIFICATE", sign(name, own, until, false, hosts)) + pem();
    return new Issued(chain, pem("PRIVATE KEY", own.getPrivate().getEncoded()), own);
  }

  /** A fresh pair of keys. */
  public static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits, RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] sign(X500Name subject, KeyPair of, Instant until, boolean signs, String... hosts) {
    try {
      V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
      generator.setSerialNumber(new ASN1Integer(new BigInteger(100, RANDOM)));
      generator.setSignature(ALGORITHM);
      generator.setIssuer(NAME);
      generator.setSubject(subject);
      generator.setStartDate(new Time(Date.from(until.minus(DAY.multipliedBy(30)))));
      generator.setEndDate(new Time(Date.from(until)));
      generator.setSubjectPublicKeyInfo(
          SubjectPublicKeyInfo.getInstance(of.getPublic().getEncoded()));
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(signs));
      if (hosts.length > 0) {
        GeneralName[] names = Stream.of(hosts).map(TestAuthority::name).toArray(GeneralName[]::new);
        extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      generator.setExtensions(extensions.generate());
      TBSCertificate content = generator.generateTBSCertificate();
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getEncoded(ASN1Encoding.DER));
      DERBitString signed = new DERBitString(signature.sign());
      return new DERSequence(new ASN1Encodable[] {content, ALGORITHM, signed}).getEncoded();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralName name(String host) {
    boolean address = NetUtil.createByteArrayFromIpAddressString(host) != null;
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  /** Its own certificate, for those who are to believe it. */
  public String pem() {
    return pem("CERTIFICATE", certificate);
  }

  /** A PEM block. */
  public static String pem(String type, byte[] content) {
    byte[] lineEnd = {'\n'};
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder(64, lineEnd).encodeToString(content), type);
  }

  /** For clients of the JDK that believe this authority and no other. */
  public SSLContext sslContext() {
    return sslContext(pem());
  }

  /** For clients of the JDK that believe whom {@code pem} names, and nobody else. */
  public static SSLContext sslContext(String pem) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "trusted",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII))));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), RANDOM);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
