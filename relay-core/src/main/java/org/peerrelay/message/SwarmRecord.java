package org.peerrelay.message;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * What one node tells another of a member of a swarm.
 *
 * @param membership what the member has said last
 * @param home the relay that the member is attached to; null if the member itself says it
 * @param ageS how many seconds of its lifetime are over, at least
 * @param gone whether the home has lost the member, which has not said that it leaves
 */
public record SwarmRecord(Membership membership, @Nullable PeerId home, int ageS, boolean gone) {
  /** Whether the member is there, as far as this tells. */
  public boolean isPresent() {
    return !gone && !membership.leaving();
  }
}
