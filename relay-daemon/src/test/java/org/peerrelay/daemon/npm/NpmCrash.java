package org.peerrelay.daemon.npm;

/**
 * An error that the npm package did not catch, which ends every npm program that it happens in.
 *
 * @param error the error with its stack
 * @param frame the WebSocket message that was being handled, empty if it was none
 */
public record NpmCrash(String error, String frame) {
  private static final int LONGEST_SHOWN = 500;

  @Override
  public String toString() {
    String start = frame.length() <= LONGEST_SHOWN ? frame : frame.substring(0, LONGEST_SHOWN);
    return "npm crashed: %s\nwhile handling %d characters: %s"
        .formatted(error, frame.length(), start);
  }
}
