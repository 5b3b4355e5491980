package org.peerrelay.wire.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.peerrelay.id.PeerId;

/**
 * What the two sides of a protocol 2 link sign in order to prove their ids (docs/protocol.md,
 * section 3). Both HELLOs with their randoms are in it, so that a proof cannot be replayed; the
 * signer's side, so that it cannot be reflected; and the other's id, so that it is of no use
 * towards a third.
 */
public final class LinkProof {
  /** Kind of the frame that carries the signature. */
  public static final int KIND = 0x81;

  private static final byte[] DOMAIN =
      "peer-relay.2 link proof\0".getBytes(StandardCharsets.US_ASCII);

  /** Which end of the connection signs. */
  public enum Side {
    /** The end that connected. */
    DIALER(0),
    /** The end that listened. */
    ACCEPTOR(1);

    private final int code;

    Side(int code) {
      this.code = code;
    }

    /** The other one. */
    public Side other() {
      return this == DIALER ? ACCEPTOR : DIALER;
    }
  }

  private LinkProof() {}

  /**
   * The bytes to sign.
   *
   * @param signer which side signs
   * @param dialerHello the dialer's HELLO, the whole frame
   * @param acceptorHello the acceptor's HELLO, the whole frame
   * @param verifier the id of the side that is to be convinced
   */
  public static byte[] transcript(
      Side signer, byte[] dialerHello, byte[] acceptorHello, PeerId verifier) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(DOMAIN);
    out.write(signer.code);
    out.writeBytes(sha256(dialerHello));
    out.writeBytes(sha256(acceptorHello));
    out.writeBytes(verifier.toBytes());
    return out.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
