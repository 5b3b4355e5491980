package org.peerrelay.message;

import org.peerrelay.id.PeerId;

/**
 * A peer's word that it is a member of a swarm, or has left it. Immutable.
 *
 * @param swarm the swarm's id, from which its key cannot be told
 * @param peer the member
 * @param issued orders what one peer says of one swarm: milliseconds of its clock
 * @param lifetimeS how many seconds it counts from when the member has published it; 1 to {@link
 *     #MAX_LIFETIME_S}
 * @param leaving whether the member has left
 * @param tag shows other members that the peer knows the swarm's key
 * @param seal the peer's key and signature. Whether it holds is not said by this being here
 */
public record Membership(
    PeerId swarm, PeerId peer, long issued, int lifetimeS, boolean leaving, Tag tag, Seal seal) {
  /**
   * Ten minutes: who has not said it again by then is not there. Who has left is remembered for as
   * long.
   */
  public static final int MAX_LIFETIME_S = 600;
}
