package org.peerrelay.message;

import java.util.Arrays;

/** A public key and a signature by its holder. Immutable; compares by content. */
public final class Seal {
  private final byte[] publicKey;
  private final byte[] signature;

  /** Copies both. */
  public Seal(byte[] publicKey, byte[] signature) {
    this.publicKey = publicKey.clone();
    this.signature = signature.clone();
  }

  /** A copy of the raw Ed25519 key. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** A copy of the Ed25519 signature. */
  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Seal that
        && Arrays.equals(publicKey, that.publicKey)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signature);
  }
}
