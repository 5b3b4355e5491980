package org.peerrelay;

import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.ConnectFailure;

/** A direct link that {@link Peer#connect} asked for did not come about. */
public final class ConnectFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ConnectFailure failure;

  ConnectFailedException(PeerId peer, ConnectFailure failure) {
    super("no direct link with " + peer + ": " + failure);
    this.failure = failure;
  }

  /** Why. */
  public ConnectFailure failure() {
    return failure;
  }
}
