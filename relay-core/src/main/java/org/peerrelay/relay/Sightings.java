package org.peerrelay.relay;

import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;

/**
 * Which datagrams this node has seen. All attempts of one datagram have one nonce, so that its
 * target gets it once; but they take different ways on purpose, and only each by itself may come
 * round. Any thread, no locks.
 */
final class Sightings {
  /** Above all nonces. */
  private static final int NONCE_BITS = 50;

  private final DuplicateTable duplicates;

  Sightings(RouterConfig config, RandomGenerator random) {
    this.duplicates =
        new DuplicateTable(config.duplicateEntries(), config.duplicateLifetimeNs(), random);
  }

  /** Whether no attempt of the datagram has been seen to arrive; from now on one has. */
  boolean first(PeerId author, long nonce, long nowNs) {
    return duplicates.firstSight(author, nonce, nowNs);
  }

  /** Whether this attempt of the datagram has not been seen to pass; from now on it has. */
  boolean firstOfAttempt(PeerId author, long nonce, int attempt, long nowNs) {
    return duplicates.firstSight(author, nonce | (long) attempt << NONCE_BITS, nowNs);
  }

  /** A datagram of this node's own goes out, which may come back by way of others. */
  void sent(Header header, long nowNs) {
    first(header.from(), header.nonce(), nowNs);
    if (header.attempt() > 0) {
      firstOfAttempt(header.from(), header.nonce(), header.attempt(), nowNs);
    }
  }

  /**
   * Whether a datagram may leave the inside: each attempt once, since it may come round there, and
   * to a legacy target only the first, since to that they are all the same.
   *
   * @param seen whether this attempt has been found to be the first already
   * @param toTarget whether it is the target that is outside
   */
  boolean mayLeave(Header header, boolean seen, boolean toTarget, long nowNs) {
    PeerId author = header.from();
    boolean firstOfAttempt =
        seen || firstOfAttempt(author, header.nonce(), header.attempt(), nowNs);
    boolean first = header.attempt() == 0 || first(author, header.nonce(), nowNs);
    return firstOfAttempt && (first || !toTarget);
  }

  /** Gives back the room of what counts no more. */
  void sweep(long nowNs) {
    duplicates.sweep(nowNs);
  }

  /** Whether {@code author} has been seen to send that nonce; leaves no trace. */
  boolean has(PeerId author, long nonce, long nowNs) {
    return duplicates.hasSeen(author, nonce, nowNs);
  }
}
