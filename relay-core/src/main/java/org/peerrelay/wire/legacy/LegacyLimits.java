package org.peerrelay.wire.legacy;

/**
 * How large things may be on a legacy link.
 *
 * @param maxPayloadBytes largest payload of a datagram that this node itself sends: bytes, or UTF-8
 *     of a JSON text. Stops one sender from filling everybody's queues
 * @param maxFrameBytes largest text frame that is read. The JSON form of bytes takes up to four
 *     characters each; a longer frame would make one link's buffers grow without end
 */
public record LegacyLimits(int maxPayloadBytes, int maxFrameBytes) {
  /** Room in a frame for ids, a full path and the nonce. */
  private static final int ENVELOPE_BYTES = 2_048;

  /** 64 KiB, the largest UDP datagram, rounded up; and what its JSON form takes. */
  public static final LegacyLimits DEFAULT = ofPayload(65_536);

  /** Limits under which a payload of {@code maxPayloadBytes} bytes always fits into a frame. */
  public static LegacyLimits ofPayload(int maxPayloadBytes) {
    return new LegacyLimits(maxPayloadBytes, 4 * maxPayloadBytes + ENVELOPE_BYTES);
  }
}
