package org.peerrelay.transport;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * A connection that this node makes.
 *
 * @param expected who must answer, where the URL was learned from the network; null for a URL that
 *     the operator gave
 */
record Dial(String url, @Nullable PeerId expected) {
  /** Whether it is to show that {@code self} can be dialed there. */
  boolean isTo(PeerId self) {
    return self.equals(expected);
  }
}
