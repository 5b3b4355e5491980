package org.peerrelay.lab.load;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;

/** The load could not be put on the relay; the message says why in one line. */
public final class LoadFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With one line that says what was found and what was expected. */
  public LoadFailedException(String message) {
    super(message);
  }

  private LoadFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What {@code cause} says, or the problem that it was thrown for. */
  static LoadFailedException of(Throwable cause) {
    Throwable root = cause;
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof LoadFailedException failed) {
        return failed;
      }
      root = t;
    }
    return new LoadFailedException(
        "connection: " + reason(root) + " (expected: an open one)", cause);
  }

  /** What the system says. Netty puts the call and the number of the failure before it. */
  private static String reason(Throwable root) {
    if (root instanceof ConnectTimeoutException) {
      return "no answer";
    }
    if (root instanceof NotSslRecordException) {
      return "no TLS";
    }
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    return text.substring(text.lastIndexOf(": ") + 1).strip();
  }
}
