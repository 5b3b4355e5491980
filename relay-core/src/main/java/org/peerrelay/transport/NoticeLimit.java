package org.peerrelay.transport;

/**
 * How often one link may be sent a notice: a token bucket. A sender of a million datagrams to
 * nobody shall not be answered a million times. Owned by whatever thread reads the link.
 */
public final class NoticeLimit {
  /** So many a second, and as many at once. */
  public static final int PER_S = 100;

  private static final long BURST_NS = 1_000_000_000L;
  private static final long INTERVAL_NS = BURST_NS / PER_S;

  private long nextNs;
  private boolean started;

  /** Whether one may be sent now; if so, it counts as sent. */
  public boolean allows(long nowNs) {
    if (!started || nowNs - nextNs > 0) {
      started = true;
      nextNs = nowNs;
    }
    if (nextNs - nowNs >= BURST_NS) {
      return false;
    }
    nextNs += INTERVAL_NS;
    return true;
  }
}
