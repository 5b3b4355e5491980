package org.peerrelay.presence;

import java.util.List;
import org.peerrelay.id.PeerId;

/**
 * What an application hears of a presence, on the thread that called the node. It may ask the node,
 * but must not change anything before it has returned.
 */
public interface PresenceListener {
  /** The whole graph of the first neighbour has come. Once. */
  default void bootstrapped() {}

  /**
   * The set of those who are online has changed; {@link PresenceNode#online()} is the whole set.
   *
   * @param joined who has come; ourselves never, who are always online
   * @param left who has gone
   */
  default void online(List<PeerId> joined, List<PeerId> left) {}

  /** A peer's data have changed, or have come for the first time. Online or not yet. */
  default void peerData(byte[] data, PeerId peer) {}

  /** This peer and {@code peer} are linked, and both say so. */
  default void peerAdd(PeerId peer) {}

  /** They are no longer. */
  default void peerRemove(PeerId peer) {}

  /**
   * {@code source}, another peer, is linked with {@code destination}, and both say so. A link is
   * told twice, once from each end; of our own links only the other end's is told here.
   */
  default void peerAddSeen(PeerId source, PeerId destination) {}

  /** They are no longer, or one of them has left the swarm. */
  default void peerRemoveSeen(PeerId source, PeerId destination) {}

  /** A record of links was worked into the graph, in which so many nodes were looked at. */
  default void graphChanged(int visitedNodes) {}
}
