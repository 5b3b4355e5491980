package org.peerrelay.swarm;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Tag;
import org.peerrelay.relay.Link;

/**
 * What the swarms of a node want done. Called on the control loop; none of it may block or call
 * back before it has returned.
 */
public interface SwarmEffects {
  /**
   * Sends a datagram of this node's own, as unreliably as any other. What is for this node itself
   * comes to it after what is being handled now.
   */
  void send(PeerId to, Message message);

  /** As {@link #send(PeerId, Message)}, with the nonce that its tag was made with. */
  void send(PeerId to, Message.SwarmData data, long nonce);

  /** A random nonce. */
  long nonce();

  /** Passes on what a member has sent to all over one link, under its author's name. */
  void pass(Arrival arrival, Message.SwarmData data, Link to);

  /** The same to a relay that has members, wherever it is. */
  void fanOut(Arrival arrival, Message.SwarmData data, PeerId home);

  /** This node's word that it is a member, or leaves, issued now and signed. */
  Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving);

  /** Whether the signature holds. Takes a tenth of a millisecond. */
  boolean holds(Membership membership);
}
