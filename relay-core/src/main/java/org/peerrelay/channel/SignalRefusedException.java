package org.peerrelay.channel;

import java.io.IOException;

/** The server does not do what it was asked. */
public final class SignalRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  SignalRefusedException(String what, int status) {
    super(what + ": status " + status + " (expected: 200)");
    this.status = status;
  }

  /** The HTTP status, such as 404 where there is no such channel or member. */
  public int status() {
    return status;
  }
}
