package org.peerrelay.relay;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * A bounded map that forgets what is not used: two generations of maps. When the current one is
 * full, it becomes the previous one and the one before is forgotten; what is still asked for moves
 * along. So entries that an attacker invents cost a bounded amount of memory, and push out only
 * what nobody asks for. Any number of threads, no locks of its own.
 */
final class TwoGenerations<V> {
  private static final class Pair<V> {
    final ConcurrentHashMap<PeerId, V> current;
    final ConcurrentHashMap<PeerId, V> previous;

    Pair(ConcurrentHashMap<PeerId, V> current, ConcurrentHashMap<PeerId, V> previous) {
      this.current = current;
      this.previous = previous;
    }
  }

  @SuppressWarnings("rawtypes")
  private static final AtomicReferenceFieldUpdater<TwoGenerations, Pair> PAIR =
      AtomicReferenceFieldUpdater.newUpdater(TwoGenerations.class, Pair.class, "pair");

  /** Two maps that stay empty, for all that have nothing yet: most never will. */
  private static final Pair<Object> NONE =
      new Pair<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

  private final int maxEntries;
  private volatile Pair<V> pair = none();

  /** An empty map of up to {@code maxEntries} a generation. */
  TwoGenerations(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  @SuppressWarnings("unchecked")
  private static <V> Pair<V> none() {
    return (Pair<V>) NONE;
  }

  /** What is known under {@code id}; null if nothing is. */
  @Nullable V get(PeerId id) {
    Pair<V> now = pair;
    V value = now.current.get(id);
    if (value == null) {
      value = now.previous.get(id);
      if (value != null) {
        put(id, value);
      }
    }
    return value;
  }

  void put(PeerId id, V value) {
    Pair<V> now = pair;
    if (now == NONE || now.current.size() >= maxEntries) {
      // Another thread may have seen the same and turned it already; twice would forget it all.
      turn(now);
    }
    pair.current.put(id, value);
  }

  /** Forgets all that was neither put in nor asked for since the last turn. */
  void turn() {
    if (size() > 0) {
      turn(pair);
    }
  }

  /** Small at first, since most nodes have few entries. */
  private void turn(Pair<V> now) {
    PAIR.compareAndSet(this, now, new Pair<>(new ConcurrentHashMap<>(1), now.current));
  }

  /** Forgets {@code value}, unless another has taken its place. */
  void remove(PeerId id, V value) {
    Pair<V> now = pair;
    if (now.current.remove(id, value)) {
      // An older one would come back in its place.
      now.previous.remove(id);
    } else {
      now.previous.remove(id, value);
    }
  }

  /** How many entries there are, one in both generations counted twice. */
  int size() {
    Pair<V> now = pair;
    return now.current.size() + now.previous.size();
  }
}
