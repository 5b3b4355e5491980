package org.peerrelay.transport;

/**
 * How often one link may be sent a notice: a token bucket. A sender of a million datagrams to
 * nobody shall not be answered a million times. Owned by whatever thread reads the link.
 */
public final class NoticeLimit {
  private static final long BURST_NS = 1_000_000_000L;

  /** A hundred a second, and as many at once. */
  private static final long INTERVAL_NS = 10_000_000L;

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
