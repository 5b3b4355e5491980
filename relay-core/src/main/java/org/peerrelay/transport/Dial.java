package org.peerrelay.transport;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * A connection that this node makes.
 *
 * @param expected who must answer, where the URL was learned from the network; null for a URL that
 *     the operator gave
 * @param check whether it is only to show that {@code expected} answers, and no link comes of it
 */
record Dial(String url, @Nullable PeerId expected, boolean check) {
  /** A connection that is to become a link. */
  Dial(String url, @Nullable PeerId expected) {
    this(url, expected, false);
  }

  /** Whether it is to show that {@code self} can be dialed there. */
  boolean isTo(PeerId self) {
    return self.equals(expected);
  }
}
