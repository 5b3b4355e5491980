package org.peerrelay.overlay;

import java.util.LinkedHashMap;
import java.util.Map;

/** A bounded set whose members each count for a time. Owned by whoever made it. */
final class Expiring<K> {
  private record Span(long durationNs, long untilNs) {}

  private final int maxEntries;

  /** In the order in which they were added. While there are none, the JDK's empty map. */
  private Map<K, Span> members = Map.of();

  /** An empty set; of more than {@code maxEntries} the one added longest ago is forgotten. */
  Expiring(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  void add(K key, long durationNs, long nowNs) {
    if (members.isEmpty()) {
      members = new LinkedHashMap<>();
    }
    members.remove(key);
    members.put(key, new Span(durationNs, nowNs + durationNs));
    if (members.size() > maxEntries) {
      members.remove(members.keySet().iterator().next());
    }
  }

  /**
   * Adds {@code key} for twice as long as the last time, if that is remembered, but for {@code
   * minNs} to {@code maxNs}.
   */
  void addForLonger(K key, long minNs, long maxNs, long nowNs) {
    Span last = members.get(key);
    long durationNs = last == null ? minNs : Math.max(minNs, 2 * last.durationNs);
    add(key, Math.min(maxNs, durationNs), nowNs);
  }

  void remove(K key) {
    if (!members.isEmpty()) {
      members.remove(key);
    }
  }

  void clear() {
    members = Map.of();
  }

  boolean contains(K key, long nowNs) {
    Span span = members.get(key);
    return span != null && nowNs - span.untilNs < 0;
  }
}
