package org.peerrelay;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;

/** A message that was to be acknowledged is known to have gone no further. */
public final class UndeliverableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DropReason reason;

  UndeliverableException(PeerId to, DropReason reason) {
    super("not delivered to " + to + ": " + reason);
    this.reason = reason;
  }

  /** Why. */
  public DropReason reason() {
    return reason;
  }
}
