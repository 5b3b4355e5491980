package org.peerrelay.relay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Remembers over which neighbour the datagrams of a distant author came, so that answers find the
 * way back.
 *
 * <p>Of several neighbours that bring them, the one that brings them over the fewest hops is kept,
 * until it has brought none for 10 s in which others have. Each node on such a way is nearer to the
 * author than the one before, so ways lead round in no circle, as they would if whichever copy came
 * last counted: two relays that have each other's copies would each take the other for the way.
 *
 * <p>Bounded, since anybody can invent authors. Any number of threads.
 */
final class ReversePaths {
  /** A way that has brought nothing for so long, while others have, gives place to a longer one. */
  static final long STALE_NS = 10_000_000_000L;

  /** How often it is told that an author is still there. */
  private static final long REPORT_NS = 300_000_000_000L;

  /** The time of the last datagram is noted this coarsely, so that most write nothing. */
  private static final long NOTED_EVERY_NS = 1_000_000_000L;

  private static final class Way {
    final PeerId neighbour;
    final int hops;
    final long reportedNs;
    volatile long heardNs;

    /** When another neighbour first brought something after that. */
    volatile long missedNs;

    Way(PeerId neighbour, int hops, long reportedNs, long nowNs) {
      this.neighbour = neighbour;
      this.hops = hops;
      this.reportedNs = reportedNs;
      this.heardNs = nowNs;
      this.missedNs = nowNs;
    }

    Way reported(long nowNs) {
      return new Way(neighbour, hops, nowNs, heardNs);
    }

    boolean yieldsTo(PeerId other, int otherHops, long nowNs) {
      if (other.equals(neighbour) || otherHops <= hops) {
        return true;
      }
      if (missedNs - heardNs <= 0) {
        missedNs = nowNs;
      }
      return nowNs - missedNs >= STALE_NS;
    }
  }

  private final TwoGenerations<Way> ways;

  /** An empty memory of up to {@code maxEntries} authors a generation. */
  ReversePaths(int maxEntries) {
    this.ways = new TwoGenerations<>(maxEntries);
  }

  /**
   * A datagram of {@code author} has come over {@code neighbour}, its {@code hops}th node. Tells,
   * every few minutes, that the author is there.
   */
  boolean learn(PeerId author, PeerId neighbour, int hops, long nowNs) {
    Way known = ways.get(author);
    if (known == null) {
      ways.put(author, new Way(neighbour, hops, nowNs, nowNs));
      return true;
    }
    if (nowNs - known.reportedNs >= REPORT_NS) {
      boolean yields = known.yieldsTo(neighbour, hops, nowNs);
      ways.put(author, yields ? new Way(neighbour, hops, nowNs, nowNs) : known.reported(nowNs));
      return true;
    }
    if (!known.neighbour.equals(neighbour) || known.hops != hops) {
      if (known.yieldsTo(neighbour, hops, nowNs)) {
        ways.put(author, new Way(neighbour, hops, known.reportedNs, nowNs));
      }
    } else if (nowNs - known.heardNs >= NOTED_EVERY_NS) {
      known.heardNs = nowNs;
    }
    return false;
  }

  /**
   * A further copy of a datagram of {@code author} has come: of interest only if its way was
   * shorter than the first copy's, which may have been the faster one over more nodes.
   */
  void learnFromCopy(PeerId author, PeerId neighbour, int hops, long nowNs) {
    Way known = ways.get(author);
    if (known != null && hops < known.hops) {
      ways.put(author, new Way(neighbour, hops, known.reportedNs, nowNs));
    }
  }

  /** The neighbour that leads to {@code author}; null if none is remembered. */
  @Nullable PeerId neighbourTowards(PeerId author) {
    Way way = ways.get(author);
    return way == null ? null : way.neighbour;
  }

  /** How many authors are remembered, one in both generations counted twice. */
  int size() {
    return ways.size();
  }
}
