package org.peerrelay.transport;

import java.util.concurrent.TimeUnit;

/**
 * How fast one connection is read: a token bucket for frames, and one for bytes. Not thread-safe.
 */
final class ReadPace {
  /**
   * What may come at once after a rest: as much as in a tenth of a second. A burst keeps others on
   * the same loop waiting while it is read.
   */
  static final long BURST_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /** No pause is shorter: so there are 200 timers a second at most, however small the frames. */
  static final long MIN_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  /** When all frames so far would have come, at a steady pace. */
  private long framesDoneNs;

  /** The same of the bytes. */
  private long bytesDoneNs;

  ReadPace(long nowNs) {
    framesDoneNs = nowNs;
    bytesDoneNs = nowNs;
  }

  /**
   * Something was read; returns for how long nothing more is to be, 0 if reading may go on.
   *
   * @param times how many times as much may come as the limits say
   */
  long pauseNs(int frames, int bytes, ConnectionLimits limits, int times, long nowNs) {
    framesDoneNs = later(framesDoneNs, nowNs) + costNs(frames, limits.framesPerS(), times);
    bytesDoneNs = later(bytesDoneNs, nowNs) + costNs(bytes, limits.bytesPerS(), times);
    long excessNs = later(framesDoneNs, bytesDoneNs) - nowNs - BURST_NS;
    return excessNs <= 0 ? 0 : Math.max(excessNs, MIN_PAUSE_NS);
  }

  private static long costNs(int count, int perS, int times) {
    return count * SECOND_NS / ((long) perS * times);
  }

  private static long later(long oneNs, long otherNs) {
    return oneNs - otherNs < 0 ? otherNs : oneNs;
  }
}
