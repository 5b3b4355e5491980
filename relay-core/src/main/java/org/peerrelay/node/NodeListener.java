package org.peerrelay.node;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.overlay.ConnectFailure;

/**
 * What a node tells the application. Called on the control loop, so it must not block, nor throw.
 */
public interface NodeListener {
  /** A message for this node; its arrival tells from whom, and how far that is known. */
  void onMessage(Arrival arrival, Payload payload);

  /** {@code from} says that this node's datagram {@code nonce} has reached it. */
  void onPong(PeerId from, long nonce);

  /** {@code from} says what it did with a trace of this node's. */
  void onTraceHop(PeerId from, Message.TraceHop hop);

  /** A direct link with {@code peer} is there. */
  void onPeer(PeerId peer);

  /** The direct link with {@code peer} is gone. */
  void onPeerLost(PeerId peer);

  /** A direct link that was asked for did not come about. */
  void onConnectFailed(PeerId peer, ConnectFailure failure);

  /**
   * A message to {@code to} is known not to have been delivered. Called on any thread.
   *
   * @param nonce the datagram's; -1 if it was dropped before it had one
   */
  void onUndeliverable(PeerId to, long nonce, DropReason reason);
}
