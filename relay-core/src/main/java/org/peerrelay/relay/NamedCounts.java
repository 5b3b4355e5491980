package org.peerrelay.relay;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A count for each of some names. Most names never occur, and a simulation has many nodes: their
 * counters are made when needed. Any number of threads.
 */
public final class NamedCounts<E extends Enum<E>> {
  private final Class<E> names;

  /** Never changed, but replaced by a larger one. */
  private volatile Map<E, LongAdder> counts = Map.of();

  /** All 0. */
  public NamedCounts(Class<E> names) {
    this.names = names;
  }

  /** One more. */
  public void count(E name) {
    LongAdder count = counts.get(name);
    (count == null ? make(name) : count).increment();
  }

  private synchronized LongAdder make(E name) {
    Map<E, LongAdder> more = new EnumMap<>(names);
    more.putAll(counts);
    LongAdder count = more.computeIfAbsent(name, unseen -> new LongAdder());
    counts = Map.copyOf(more);
    return count;
  }

  /** How many there were of each, zero for what never occurred; not one instant's. */
  public Map<E, Long> snapshot() {
    Map<E, Long> values = new EnumMap<>(names);
    for (E name : names.getEnumConstants()) {
      LongAdder count = counts.get(name);
      values.put(name, count == null ? 0 : count.sum());
    }
    return values;
  }
}
