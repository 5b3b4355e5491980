package org.peerrelay.transport;

/**
 * Frames of one link or of several, without WebSocket's own headers and control frames.
 *
 * @param received frames that came in
 * @param receivedBytes their bytes
 * @param sent frames that went out
 * @param sentBytes their bytes
 */
public record Traffic(long received, long receivedBytes, long sent, long sentBytes) {
  static final Traffic NONE = new Traffic(0, 0, 0, 0);

  Traffic plus(Traffic other) {
    return new Traffic(
        received + other.received,
        receivedBytes + other.receivedBytes,
        sent + other.sent,
        sentBytes + other.sentBytes);
  }
}
