package org.peerrelay.presence;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was refused. Owned by the node's thread. */
final class DropCounts {
  private final Map<PresenceDrop, LongAdder> counts = new EnumMap<>(PresenceDrop.class);

  void count(PresenceDrop drop) {
    counts.computeIfAbsent(drop, key -> new LongAdder()).increment();
  }

  /** All of them now; zero for what never occurred. */
  Map<PresenceDrop, Long> snapshot() {
    Map<PresenceDrop, Long> all = new EnumMap<>(PresenceDrop.class);
    for (PresenceDrop drop : PresenceDrop.values()) {
      LongAdder count = counts.get(drop);
      all.put(drop, count == null ? 0 : count.sum());
    }
    return all;
  }
}
