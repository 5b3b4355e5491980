package org.peerrelay.id;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** PEM and DER made without the code under test. */
final class PemKeys {
  private PemKeys() {}

  /** A private-key block around {@code der}. */
  static String pem(byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  /** What stands in the first block of {@code pem}. */
  static byte[] der(String pem) {
    String body = pem.replaceAll("-----[A-Z ]+-----", "");
    return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
  }

  /** PKCS#8 with {@code secret} as an Ed25519 key, whatever its length. */
  static byte[] pkcs8(byte[] secret) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.writeBytes(new byte[] {0x30, (byte) (14 + secret.length), 2, 1, 0});
    der.writeBytes(HexFormat.of().parseHex("300506032b6570"));
    der.writeBytes(new byte[] {4, (byte) (2 + secret.length), 4, (byte) secret.length});
    der.writeBytes(secret);
    return der.toByteArray();
  }
}
