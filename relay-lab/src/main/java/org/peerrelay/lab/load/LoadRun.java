package org.peerrelay.lab.load;

import java.time.Duration;

/**
 * One run of load over connections that stand.
 *
 * @param payloadBytes length of each payload
 * @param pace when messages are sent
 * @param warmUp how long messages are sent before any are counted
 * @param measured how long messages are then sent and counted
 */
public record LoadRun(int payloadBytes, Pace pace, Duration warmUp, Duration measured) {
  /** Length of the smallest payload, which tells messages apart and nothing else. */
  public static final int MIN_PAYLOAD_BYTES = StampedPayload.MIN_BYTES;

  /** Checks the bounds. */
  public LoadRun {
    if (payloadBytes < MIN_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payload: " + payloadBytes + " bytes (expected: at least " + MIN_PAYLOAD_BYTES + ")");
    }
    if (measured.isNegative() || measured.isZero() || warmUp.isNegative()) {
      throw new IllegalArgumentException(
          "seconds: " + measured + " after " + warmUp + " (expected: some)");
    }
  }
}
