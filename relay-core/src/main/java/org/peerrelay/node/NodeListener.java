package org.peerrelay.node;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.overlay.ConnectFailure;

/**
 * What a node tells the application. Called on the control loop, so it must not block, nor throw.
 */
public interface NodeListener {
  /** A message for this node. On a legacy link {@code from} is what its author claims to be. */
  void onMessage(PeerId from, Payload payload);

  /** A direct link with {@code peer} is there. */
  void onPeer(PeerId peer);

  /** The direct link with {@code peer} is gone. */
  void onPeerLost(PeerId peer);

  /** A direct link that was asked for did not come about. */
  void onConnectFailed(PeerId peer, ConnectFailure failure);

  /** A message to {@code to} is known not to have been delivered. Called on any thread. */
  void onUndeliverable(PeerId to, DropReason reason);
}
