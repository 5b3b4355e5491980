package org.peerrelay.id;

import java.io.IOException;
import java.io.StringReader;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key (RFC 8032) and the peer id that belongs to it. Whoever holds the key can prove to
 * be the peer, and nobody can make a second key for a given id.
 *
 * <p>Immutable; any number of threads. Its text form is PKCS#8 PEM (RFC 8410), as {@code openssl
 * genpkey -algorithm ed25519} writes it. The private key appears in {@link #toPem()} only, never in
 * a message.
 */
public final class Identity {
  /** Length of a public key in bytes. */
  public static final int PUBLIC_KEY_BYTES = Ed25519.PUBLIC_KEY_SIZE;

  /** Length of a signature in bytes. */
  public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  private static final String PEM_TYPE = "PRIVATE KEY";

  /**
   * What stands before the 32 bytes of the key in PKCS#8 DER: RFC 8410, section 10.3. The first
   * version, without the public key, since OpenSSL 3.0 reads no other.
   */
  private static final String DER_START = "302e020100300506032b657004220420";

  private final Ed25519PrivateKeyParameters privateKey;
  private final Ed25519PublicKeyParameters publicKey;
  private final PeerId id;

  private Identity(Ed25519PrivateKeyParameters privateKey) {
    this.privateKey = privateKey;
    this.publicKey = privateKey.generatePublicKey();
    this.id = idOf(publicKey.getEncoded());
  }

  /** A new identity, its key drawn from {@code random}. */
  public static Identity generate(SecureRandom random) {
    return new Identity(new Ed25519PrivateKeyParameters(random));
  }

  /**
   * Reads an identity from PKCS#8 PEM text. What stands before and after the first PEM block is
   * ignored.
   *
   * @throws IllegalArgumentException if the first PEM block is not a whole, unencrypted Ed25519
   *     private key; the message never quotes the text
   */
  public static Identity ofPem(String pem) {
    PemObject block = firstBlock(pem);
    if (block == null) {
      throw refused("no PEM block", null);
    }
    if (!block.getType().equals(PEM_TYPE)) {
      throw refused("another kind of PEM block", null);
    }
    try {
      if (PrivateKeyFactory.createKey(block.getContent())
          instanceof Ed25519PrivateKeyParameters k) {
        return new Identity(k);
      }
    } catch (IOException | RuntimeException e) {
      throw refused("no PKCS#8 private key in the PEM block", e);
    }
    throw refused("key of another algorithm", null);
  }

  /** The id of the peer that holds the key to {@code publicKey}: the start of its SHA-256. */
  public static PeerId idOf(byte[] publicKey) {
    SHA256Digest sha256 = new SHA256Digest();
    sha256.update(publicKey, 0, publicKey.length);
    byte[] hash = new byte[sha256.getDigestSize()];
    sha256.doFinal(hash, 0);
    return PeerId.ofBytes(Arrays.copyOf(hash, PeerId.BYTES));
  }

  /**
   * Whether {@code signature} is that of {@code message} by the holder of {@code publicKey}. Bytes
   * from strangers are welcome: false for a wrong length, for what is no point of the curve, and
   * for the points of small order, with which one signature would fit many messages.
   */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == PUBLIC_KEY_BYTES
        && signature.length == SIGNATURE_BYTES
        && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }

  /** The first 160 bits of the SHA-256 of {@link #publicKey()}. */
  public PeerId id() {
    return id;
  }

  /** The raw 32 bytes of the public key, in a new array. */
  public byte[] publicKey() {
    return publicKey.getEncoded();
  }

  /** The 64-byte signature of {@code message}: the same for the same message every time. */
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[SIGNATURE_BYTES];
    privateKey.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return signature;
  }

  /** The private key as unencrypted PKCS#8 PEM text, lines ended by a line feed. */
  public String toPem() {
    byte[] der =
        HexFormat.of().parseHex(DER_START + HexFormat.of().formatHex(privateKey.getEncoded()));
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(PEM_TYPE, Base64.getEncoder().encodeToString(der), PEM_TYPE);
  }

  private static @Nullable PemObject firstBlock(String pem) {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      return reader.readPemObject();
    } catch (IOException | RuntimeException e) {
      throw refused("a broken PEM block", e);
    }
  }

  private static IllegalArgumentException refused(String found, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "identity key: " + found + " (expected: unencrypted Ed25519 private key as PKCS#8 PEM)",
        cause);
  }
}
