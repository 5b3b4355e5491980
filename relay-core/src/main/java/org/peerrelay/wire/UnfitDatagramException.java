package org.peerrelay.wire;

import org.peerrelay.message.DropReason;

/**
 * A frame that a peer could have relayed in good faith, but that must go no further. It is dropped
 * and counted; the link that brought it stays, since its author may be somebody else.
 */
public final class UnfitDatagramException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DropReason reason;

  /** Says why, and in {@code detail} what was found and what was expected. No stack trace. */
  public UnfitDatagramException(DropReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Under which name the drop is counted. */
  public DropReason reason() {
    return reason;
  }
}
