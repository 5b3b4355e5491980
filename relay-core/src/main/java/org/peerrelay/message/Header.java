package org.peerrelay.message;

import java.util.List;
import org.peerrelay.id.PeerId;

/**
 * What a relay needs to know of a datagram in order to route it.
 *
 * @param to the peer it is for
 * @param from its author, as claimed
 * @param nonce tells datagrams of one author apart: 0 to {@link #MAX_NONCE}
 * @param kind what it is for
 * @param path the author and every relay so far, in order; empty only before its author sends it
 * @param attempt which of the ways to the target it goes; 0 is the straight one
 */
public record Header(
    PeerId to, PeerId from, long nonce, MessageKind kind, List<PeerId> path, int attempt) {
  /** The largest nonce: 15 decimal digits, as npm peer-relay draws them. */
  public static final long MAX_NONCE = 999_999_999_999_999L;

  /** How long a path may grow: a datagram that has met this many nodes is dropped. */
  public static final int MAX_PATH = 20;

  /** The largest attempt that an author makes. Relays take what fits the byte it stands in. */
  public static final int MAX_ATTEMPT = 15;

  /** The straight way, which is the only one that the legacy format knows. */
  public Header(PeerId to, PeerId from, long nonce, MessageKind kind, List<PeerId> path) {
    this(to, from, nonce, kind, path, 0);
  }

  /** Whether the datagram comes straight from its author. */
  public boolean fromAuthor() {
    return path.size() == 1;
  }
}
