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
  /** Checks the bounds. */
  public LoadRun {
    if (payloadBytes < StampedPayload.MIN_BYTES) {
      throw new IllegalArgumentException(
          "payload: "
              + payloadBytes
              + " bytes (expected: at least "
              + StampedPayload.MIN_BYTES
              + ")");
    }
    if (measured.isNegative() || measured.isZero() || warmUp.isNegative()) {
      throw new IllegalArgumentException(
          "seconds: " + measured + " after " + warmUp + " (expected: some)");
    }
  }
}
