package org.peerrelay.transport;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.node.RelayNode;

/**
 * Tells a node that time has passed, and when it has stood still meanwhile: its process was
 * stopped, or the machine had no time or memory for it. Owned by the control loop.
 */
final class Ticks {
  /** The time between two. */
  static final long PERIOD_MS = 100;

  /**
   * A tick that comes so long after the one before is late. A neighbour has 5 s at least to answer,
   * which leaves it most of that when a tick is less late.
   */
  static final long STANDSTILL_NS = TimeUnit.SECONDS.toNanos(1);

  private final RelayNode node;
  private @Nullable Long lastNs;

  Ticks(RelayNode node) {
    this.node = node;
  }

  /** It is time for a tick. */
  void onTick(long nowNs) {
    if (lastNs != null && nowNs - lastNs >= STANDSTILL_NS) {
      node.onStandstill(nowNs);
    }
    lastNs = nowNs;
    node.onTick(nowNs);
  }
}
