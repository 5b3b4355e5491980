package org.peerrelay.message;

import org.peerrelay.id.PeerId;

/**
 * All ids from one to another, both among them, in the order of numbers.
 *
 * @param first the smallest
 * @param last the largest
 */
public record IdRange(PeerId first, PeerId last) {
  /** Whether {@code id} is one of them. */
  public boolean contains(PeerId id) {
    return first.compareTo(id) <= 0 && id.compareTo(last) <= 0;
  }
}
