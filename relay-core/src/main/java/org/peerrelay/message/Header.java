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
 */
public record Header(PeerId to, PeerId from, long nonce, MessageKind kind, List<PeerId> path) {
  /** The largest nonce: 15 decimal digits, as npm peer-relay draws them. */
  public static final long MAX_NONCE = 999_999_999_999_999L;

  /** How long a path may grow: a datagram that has met this many nodes is dropped. */
  public static final int MAX_PATH = 20;

  /** Whether the datagram comes straight from its author. */
  public boolean fromAuthor() {
    return path.size() == 1;
  }
}
