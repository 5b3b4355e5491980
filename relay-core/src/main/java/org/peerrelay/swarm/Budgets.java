package org.peerrelay.swarm;

import java.util.HashMap;
import java.util.Map;
import org.peerrelay.id.PeerId;

/** One {@link Budget} for each who has used some of his. Owned by who keeps it. */
final class Budgets {
  private final double perS;
  private final int most;
  private final Map<PeerId, Budget> used = new HashMap<>();

  Budgets(double perS, int most) {
    this.perS = perS;
    this.most = most;
  }

  /** Takes {@code count} of what {@code who} may have, if he may. */
  boolean take(PeerId who, int count, long nowNs) {
    return used.computeIfAbsent(who, unseen -> new Budget(perS, most, nowNs)).take(count, nowNs);
  }

  /** Forgets who may have all again. */
  void sweep(long nowNs) {
    used.values().removeIf(budget -> budget.isFull(nowNs));
  }
}
