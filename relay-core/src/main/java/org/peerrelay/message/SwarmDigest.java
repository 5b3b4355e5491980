package org.peerrelay.message;

import java.util.Arrays;
import org.peerrelay.id.PeerId;

/**
 * Which members of a swarm somebody knows, in 128 bytes: 16 sums, each over the ids that begin with
 * the same four bits. Two that know the same members have the same digest. Mutable; owned by
 * whoever keeps it.
 */
public final class SwarmDigest {
  /** How many sums there are. */
  public static final int BUCKETS = 16;

  private static final int PREFIX_BITS = 4;

  private final long[] sums;

  /** That of nobody. */
  public SwarmDigest() {
    this(new long[BUCKETS]);
  }

  private SwarmDigest(long[] sums) {
    this.sums = sums;
  }

  /** One of the given sums, in the order of their buckets. */
  public static SwarmDigest of(long... sums) {
    return new SwarmDigest(Arrays.copyOf(sums, BUCKETS));
  }

  /** Which bucket {@code peer} is in: its first four bits. */
  public static int bucketOf(PeerId peer) {
    return (int) (peer.high() >>> (Long.SIZE - PREFIX_BITS));
  }

  /** The member has come. */
  public void add(PeerId peer) {
    sums[bucketOf(peer)] += summand(peer);
  }

  /** The member has gone. */
  public void remove(PeerId peer) {
    sums[bucketOf(peer)] -= summand(peer);
  }

  /** Bytes 12 to 19 of the id as a number; ids are hashes, so any eight bytes do. */
  private static long summand(PeerId peer) {
    return peer.middle() << Integer.SIZE | (peer.low() & 0xFFFF_FFFFL);
  }

  /** The sum of a bucket. */
  public long sum(int bucket) {
    return sums[bucket];
  }

  /** One that does not change with this. */
  public SwarmDigest copy() {
    return new SwarmDigest(sums.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SwarmDigest that && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }
}
