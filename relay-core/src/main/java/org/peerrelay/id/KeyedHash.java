package org.peerrelay.id;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of an author's id and a nonce. The key is secret, so
 * that nobody can choose ids and nonces that collide and so have another's datagrams dropped.
 */
public final class KeyedHash {
  private static final int BLOCKS_ROUNDS = 2;
  private static final int FINAL_ROUNDS = 4;
  private static final long INPUT_BYTES = 28;

  private final long key0;
  private final long key1;

  /** With a key that is drawn from {@code random}. */
  public KeyedHash(RandomGenerator random) {
    this(random.nextLong(), random.nextLong());
  }

  /** With a key that nobody outside this process knows, where no order may depend on it. */
  public static KeyedHash secret() {
    return new KeyedHash(new SecureRandom());
  }

  KeyedHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** The hash of the 28 bytes of {@code author} and {@code nonce}. */
  public long hash(PeerId author, long nonce) {
    return hash(author.high(), author.middle(), author.low(), nonce);
  }

  /** The same, of an id in its three primitives. Allocates nothing that outlives it. */
  public long hash(long high, long middle, int low, long nonce) {
    long lastBlock = INPUT_BYTES << 56 | (low & 0xffff_ffffL);
    return new State().block(high).block(middle).block(nonce).end(lastBlock);
  }

  private final class State {
    private long v0 = key0 ^ 0x736f6d6570736575L;
    private long v1 = key1 ^ 0x646f72616e646f6dL;
    private long v2 = key0 ^ 0x6c7967656e657261L;
    private long v3 = key1 ^ 0x7465646279746573L;

    State block(long block) {
      v3 ^= block;
      rounds(BLOCKS_ROUNDS);
      v0 ^= block;
      return this;
    }

    long end(long lastBlock) {
      block(lastBlock);
      v2 ^= 0xff;
      rounds(FINAL_ROUNDS);
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void rounds(int count) {
      for (int i = 0; i < count; i++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
    }
  }
}
