package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;
import org.peerrelay.message.Message;

/**
 * What an attacker does wrong. His node is like any other; between it and the wire this gets its
 * hands on what goes in and out.
 */
interface Conduct {
  /** Whether a datagram of somebody else, which the node would pass on, ends here. */
  boolean swallows(Frame frame);

  /** What the node says instead of {@code message}, which is its own; null for nothing. */
  @Nullable Message instead(Message message);
}
