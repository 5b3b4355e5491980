package org.peerrelay.presence;

/** A frame that is not in the format of presence; it is dropped. */
public final class MalformedPresenceException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what was wrong and what was expected. Carries no stack trace: whoever sends garbage must
   * not make it dear to refuse.
   */
  MalformedPresenceException(String message) {
    super(message, null, false, false);
  }
}
