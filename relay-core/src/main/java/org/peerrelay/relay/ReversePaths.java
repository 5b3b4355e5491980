package org.peerrelay.relay;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Remembers over which neighbour the datagrams of a distant author came, so that answers find the
 * way back.
 *
 * <p>Of several neighbours that bring them, the one that brings them over the fewest hops is kept,
 * until it has brought none for 10 s. Each node on such a way is nearer to the author than the one
 * before, so ways lead round in no circle, as they would if whichever copy came last counted: two
 * relays that have each other's copies would each take the other for the way.
 *
 * <p>Two generations of maps: when the current one is full, it becomes the previous one and the one
 * before is forgotten; what is still used moves along. So authors invented by an attacker cost a
 * bounded amount of memory, and push out only what nobody asks for. Any number of threads.
 */
final class ReversePaths {
  /** A way that has brought nothing for so long gives place to a longer one. */
  static final long STALE_NS = 10_000_000_000L;

  /** The time of the last datagram is noted this coarsely, so that most write nothing. */
  private static final long NOTED_EVERY_NS = 1_000_000_000L;

  private static final class Way {
    final PeerId neighbour;
    final int hops;
    volatile long heardNs;

    Way(PeerId neighbour, int hops, long nowNs) {
      this.neighbour = neighbour;
      this.hops = hops;
      this.heardNs = nowNs;
    }

    boolean yieldsTo(PeerId other, int otherHops, long nowNs) {
      return other.equals(neighbour) || otherHops <= hops || nowNs - heardNs >= STALE_NS;
    }
  }

  private record Generations(
      ConcurrentHashMap<PeerId, Way> current, ConcurrentHashMap<PeerId, Way> previous) {}

  private static final AtomicReferenceFieldUpdater<ReversePaths, Generations> GENERATIONS =
      AtomicReferenceFieldUpdater.newUpdater(ReversePaths.class, Generations.class, "generations");

  private final int maxEntries;
  private volatile Generations generations =
      new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

  /** An empty memory of up to {@code maxEntries} authors a generation. */
  ReversePaths(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** A datagram of {@code author} has come over {@code neighbour}, its {@code hops}th node. */
  void learn(PeerId author, PeerId neighbour, int hops, long nowNs) {
    Way known = wayTo(author);
    if (known == null || !known.neighbour.equals(neighbour) || known.hops != hops) {
      if (known == null || known.yieldsTo(neighbour, hops, nowNs)) {
        remember(author, new Way(neighbour, hops, nowNs));
      }
    } else if (nowNs - known.heardNs >= NOTED_EVERY_NS) {
      known.heardNs = nowNs;
    }
  }

  /**
   * A further copy of a datagram of {@code author} has come: of interest only if its way was
   * shorter than the first copy's, which may have been the faster one over more nodes.
   */
  void learnFromCopy(PeerId author, PeerId neighbour, int hops, long nowNs) {
    Way known = wayTo(author);
    if (known != null && hops < known.hops) {
      remember(author, new Way(neighbour, hops, nowNs));
    }
  }

  /** The neighbour that leads to {@code author}; null if none is remembered. */
  @Nullable PeerId neighbourTowards(PeerId author) {
    Way way = wayTo(author);
    return way == null ? null : way.neighbour;
  }

  private @Nullable Way wayTo(PeerId author) {
    Generations now = generations;
    Way way = now.current.get(author);
    if (way == null) {
      way = now.previous.get(author);
      if (way != null) {
        remember(author, way);
      }
    }
    return way;
  }

  private void remember(PeerId author, Way way) {
    Generations now = generations;
    if (now.current.size() >= maxEntries) {
      // Another thread may have seen the same and turned it already; twice would forget it all.
      GENERATIONS.compareAndSet(this, now, new Generations(new ConcurrentHashMap<>(), now.current));
    }
    generations.current.put(author, way);
  }

  /** How many authors are remembered, one in both generations counted twice. */
  int size() {
    Generations now = generations;
    return now.current.size() + now.previous.size();
  }
}
