package org.peerrelay.access;

/** A file of peers, addresses or a token that cannot be used; the message is one clear line. */
public final class AccessFileException extends Exception {
  private static final long serialVersionUID = 1L;

  AccessFileException(String message) {
    super(message);
  }

  AccessFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
