package org.peerrelay.relay;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Remembers over which neighbour the datagrams of a distant author came, so that answers find the
 * way back.
 *
 * <p>Two generations of maps: when the current one is full, it becomes the previous one and the one
 * before is forgotten; what is still used moves along. So authors invented by an attacker cost a
 * bounded amount of memory, and push out only what nobody asks for. Any number of threads.
 */
final class ReversePaths {
  private record Generations(
      ConcurrentHashMap<PeerId, PeerId> current, ConcurrentHashMap<PeerId, PeerId> previous) {}

  private static final AtomicReferenceFieldUpdater<ReversePaths, Generations> GENERATIONS =
      AtomicReferenceFieldUpdater.newUpdater(ReversePaths.class, Generations.class, "generations");

  private final int maxEntries;
  private volatile Generations generations =
      new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

  /** An empty memory of up to {@code maxEntries} authors a generation. */
  ReversePaths(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** Datagrams of {@code author} last came over {@code neighbour}. */
  void learn(PeerId author, PeerId neighbour) {
    Generations now = generations;
    if (neighbour.equals(now.current.get(author))) {
      return;
    }
    if (now.current.size() >= maxEntries) {
      // Another thread may have seen the same and turned it already; twice would forget it all.
      GENERATIONS.compareAndSet(this, now, new Generations(new ConcurrentHashMap<>(), now.current));
    }
    generations.current.put(author, neighbour);
  }

  /** The neighbour over which datagrams of {@code author} last came; null if none is remembered. */
  @Nullable PeerId neighbourTowards(PeerId author) {
    Generations now = generations;
    PeerId neighbour = now.current.get(author);
    if (neighbour == null) {
      neighbour = now.previous.get(author);
      if (neighbour != null) {
        learn(author, neighbour);
      }
    }
    return neighbour;
  }

  /** How many authors are remembered, one in both generations counted twice. */
  int size() {
    Generations now = generations;
    return now.current.size() + now.previous.size();
  }
}
