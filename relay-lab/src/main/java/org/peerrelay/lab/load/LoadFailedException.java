package org.peerrelay.lab.load;

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
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof LoadFailedException failed) {
        return failed;
      }
    }
    return new LoadFailedException(cause.toString(), cause);
  }
}
