package org.peerrelay.daemon;

import org.jspecify.annotations.Nullable;

/** A command that cannot do what it was asked to. The message is one line for the user. */
final class CommandFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitStatus status;

  CommandFailedException(ExitStatus status, String message) {
    super(message);
    this.status = status;
  }

  /** A failure whose cause explains itself, if {@code message} is null. */
  CommandFailedException(ExitStatus status, @Nullable String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** How the process is to end. */
  ExitStatus status() {
    return status;
  }
}
