package org.peerrelay.overlay;

import java.util.LinkedHashMap;
import java.util.Map;

/** A bounded set whose members each count for a time. Owned by whoever made it. */
final class Expiring<K> {
  private record Span(long durationNs, long untilNs) {}

  private final Map<K, Span> members;

  /** An empty set; of more than {@code maxEntries} the one added longest ago is forgotten. */
  Expiring(int maxEntries) {
    this.members = new Bounded<>(maxEntries);
  }

  void add(K key, long durationNs, long nowNs) {
    members.remove(key);
    members.put(key, new Span(durationNs, nowNs + durationNs));
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
    members.remove(key);
  }

  void clear() {
    members.clear();
  }

  boolean contains(K key, long nowNs) {
    Span span = members.get(key);
    return span != null && nowNs - span.untilNs < 0;
  }

  private static final class Bounded<K> extends LinkedHashMap<K, Span> {
    private static final long serialVersionUID = 1L;

    private final int maxEntries;

    Bounded(int maxEntries) {
      this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Span> eldest) {
      return size() > maxEntries;
    }
  }
}
