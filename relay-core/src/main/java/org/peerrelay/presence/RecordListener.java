package org.peerrelay.presence;

import org.peerrelay.id.PeerId;

/**
 * Hears of every record that {@link Gossip} has let in, its own among them, in their order. It may
 * ask the gossip, but must not give it anything to do before it has returned, except {@link
 * Gossip#recall}.
 */
public interface RecordListener {
  /**
   * A newer record has come.
   *
   * @param before the version of the one whose place it has taken; 0 if there was none
   */
  void onRecord(SignedRecord record, long before, long nowNs);

  /** A member has left the swarm; its records are gone. */
  void onGone(PeerId member, long nowNs);

  /** The whole graph of the first neighbour has come. */
  void onBootstrapped();
}
