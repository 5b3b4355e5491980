package org.peerrelay.transport;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Makes certificates that are signed with their own key (RFC 5280), P-256. */
final class SelfSigned {
  private static final X500Name NAME = new X500Name("CN=Peer Relay to try out");
  private static final int SERIAL_BITS = 127;
  private static final Duration LIFETIME = Duration.ofDays(30);

  /** Clocks that are slow are to find it holding as well. */
  private static final Duration SLOW_CLOCK = Duration.ofDays(1);

  private SelfSigned() {}

  static ServerCertificate make(Collection<String> hosts, Instant now, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      return new ServerCertificate(keys.getPrivate(), List.of(sign(hosts, now, keys, random)));
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("every JDK can make such a certificate", impossible);
    }
  }

  private static X509Certificate sign(
      Collection<String> hosts, Instant now, KeyPair keys, SecureRandom random)
      throws GeneralSecurityException, IOException {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, random)));
    generator.setSignature(algorithm);
    generator.setIssuer(NAME);
    generator.setSubject(NAME);
    generator.setStartDate(new Time(Date.from(now.minus(SLOW_CLOCK))));
    generator.setEndDate(new Time(Date.from(now.plus(LIFETIME))));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    generator.setExtensions(extensions(hosts));
    TBSCertificate content = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate(), random);
    signature.update(content.getEncoded(ASN1Encoding.DER));
    DERBitString signed = new DERBitString(signature.sign());
    byte[] encoded = new DERSequence(new ASN1Encodable[] {content, algorithm, signed}).getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  /** It vouches for no other: browsers refuse servers whose own certificate could. */
  private static Extensions extensions(Collection<String> hosts) throws IOException {
    GeneralName[] names = hosts.stream().map(SelfSigned::name).toArray(GeneralName[]::new);
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    return extensions.generate();
  }

  private static GeneralName name(String host) {
    boolean address = NetUtil.createByteArrayFromIpAddressString(host) != null;
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }
}
