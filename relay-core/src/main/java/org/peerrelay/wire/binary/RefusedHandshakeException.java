package org.peerrelay.wire.binary;

import org.peerrelay.message.CloseReason;

/** A well-formed link handshake that fails; the link is closed with its reason. */
public final class RefusedHandshakeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  /** Without a stack trace: whoever fails on purpose must not make it dear to refuse. */
  public RefusedHandshakeException(CloseReason reason) {
    super(reason.text(), null, false, false);
    this.reason = reason;
  }

  /** What the other end is told. */
  public CloseReason reason() {
    return reason;
  }
}
