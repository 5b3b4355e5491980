package org.peerrelay.swarm;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Payload;

/**
 * Is told what happens in a swarm that this node has joined. Called on the control loop, so it must
 * not block, nor throw, nor join or leave swarms before it has returned; it may send.
 */
public interface SwarmListener {
  /** The home has answered for the first time: from now on others learn of this member. */
  default void onJoined() {}

  /**
   * Another member has come, or is there at the beginning. Its membership is authentic, so that its
   * public key is known by it.
   */
  default void onJoin(Membership membership, long nowNs) {}

  /** A member has left, or is not known to be there any more. */
  default void onLeave(PeerId peer, long nowNs) {}

  /** A member, which is there, has sent something on a channel to this one, or to all. */
  default void onData(PeerId from, long channel, Payload payload, long nowNs) {}

  /** Time has passed; about ten times a second. */
  default void onTick(long nowNs) {}

  /** This node has left, or is closed. The last call. */
  default void onLeft() {}
}
