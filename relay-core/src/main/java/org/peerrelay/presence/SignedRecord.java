package org.peerrelay.presence;

import java.nio.ByteBuffer;
import org.peerrelay.id.PeerId;

/**
 * What a peer says about itself, signed by it. Of two records of one kind and peer the one with the
 * higher version counts. Immutable, so that all who have one share it.
 */
public abstract sealed class SignedRecord permits LinksRecord, DataRecord {
  /** Length of an Ed25519 signature. */
  static final int SIGNATURE_BYTES = 64;

  static final byte[] UNSIGNED = {};

  private static final int KIND_BYTES = 1;
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final RecordKind kind;
  private final PeerId peer;
  private final long version;
  private final byte[] signature;
  private final long mark;

  /** Keeps {@code signature}, which nobody may change from then on. */
  SignedRecord(RecordKind kind, PeerId peer, long version, byte[] signature) {
    if (version <= 0) {
      throw new IllegalArgumentException("version: " + version + " (expected: more than 0)");
    }
    this.kind = kind;
    this.peer = peer;
    this.version = version;
    this.signature = signature;
    this.mark = markOf(kind, peer, version);
  }

  /** 64 bits of FNV-1a of the name's 29 bytes. */
  private static long markOf(RecordKind kind, PeerId peer, long version) {
    long hash = (FNV_BASIS ^ kind.code()) * FNV_PRIME;
    hash = mixed(hash, peer.high(), Long.SIZE);
    hash = mixed(hash, peer.middle(), Long.SIZE);
    hash = mixed(hash, peer.low(), Integer.SIZE);
    return mixed(hash, version, Long.SIZE);
  }

  private static long mixed(long hash, long value, int bits) {
    long mixed = hash;
    for (int shift = bits - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      mixed = (mixed ^ (value >>> shift & 0xff)) * FNV_PRIME;
    }
    return mixed;
  }

  /** What the record adds to the sums by which two peers compare what they have. */
  final long mark() {
    return mark;
  }

  /** Length of what {@link #putContent} writes. */
  abstract int contentBytes();

  /** Writes what the record says. */
  abstract void putContent(ByteBuffer out);

  /** What it is about. */
  public final RecordKind kind() {
    return kind;
  }

  /** Who says it. */
  public final PeerId peer() {
    return peer;
  }

  /** Orders the records of one kind and peer. More than 0. */
  public final long version() {
    return version;
  }

  /** Its name. */
  public final RecordId id() {
    return new RecordId(kind, peer, version);
  }

  final RecordKey key() {
    return new RecordKey(kind, peer);
  }

  /** The signature itself, not a copy. */
  final byte[] signature() {
    return signature;
  }

  /** Whether it has a signature; one without goes to nobody. */
  final boolean isSigned() {
    return signature.length > 0;
  }

  /** Length in a frame. */
  final int encodedBytes() {
    return KIND_BYTES + PeerId.BYTES + Long.BYTES + contentBytes() + SIGNATURE_BYTES;
  }

  /** What is signed, in the presence of this number. */
  final byte[] signedBytes(long presence) {
    int length = kind.domainBytes() + Long.BYTES + PeerId.BYTES + Long.BYTES + contentBytes();
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(kind.domain()).putLong(presence);
    FrameCodec.put(out, peer);
    out.putLong(version);
    putContent(out);
    return out.array();
  }
}
