package org.peerrelay.swarm;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what has been ignored in one swarm. Any thread. */
public final class SwarmCounters {
  /** Never changed: each has one from the beginning. */
  private final Map<SwarmDrop, LongAdder> counts = new EnumMap<>(SwarmDrop.class);

  /** All 0. */
  public SwarmCounters() {
    for (SwarmDrop drop : SwarmDrop.values()) {
      counts.put(drop, new LongAdder());
    }
  }

  /** One more. */
  public void count(SwarmDrop drop) {
    Objects.requireNonNull(counts.get(drop)).increment();
  }

  /** How many there were of each; not one instant's, since counting goes on. */
  public Map<SwarmDrop, Long> snapshot() {
    Map<SwarmDrop, Long> values = new EnumMap<>(SwarmDrop.class);
    counts.forEach((drop, count) -> values.put(drop, count.sum()));
    return values;
  }
}
