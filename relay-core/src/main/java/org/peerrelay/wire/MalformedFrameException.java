package org.peerrelay.wire;

/** A frame that is not in the wire format at all; the link that brought it is closed. */
public final class MalformedFrameException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what was wrong and what was expected. Carries no stack trace: whoever sends garbage must
   * not make it dear to refuse.
   */
  public MalformedFrameException(String message) {
    super(message, null, false, false);
  }
}
