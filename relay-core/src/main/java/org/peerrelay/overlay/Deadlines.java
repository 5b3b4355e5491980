package org.peerrelay.overlay;

import java.util.LinkedHashMap;
import org.peerrelay.id.PeerId;

/** Until when something counts for a peer. Bounded: the one set longest ago is forgotten. */
final class Deadlines {
  private final int maxEntries;
  private final LinkedHashMap<PeerId, Long> untilNs = new LinkedHashMap<>();

  Deadlines(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** From now on it counts for {@code peer}, until {@code deadlineNs}. */
  void set(PeerId peer, long deadlineNs) {
    untilNs.remove(peer);
    untilNs.put(peer, deadlineNs);
    if (untilNs.size() > maxEntries) {
      untilNs.remove(untilNs.keySet().iterator().next());
    }
  }

  /** Whether it still counts for {@code peer}. */
  boolean holds(PeerId peer, long nowNs) {
    Long deadlineNs = untilNs.get(peer);
    return deadlineNs != null && nowNs - deadlineNs < 0;
  }
}
