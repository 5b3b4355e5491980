package org.peerrelay.relay;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.random.RandomGenerator;
import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;

/**
 * Remembers which datagrams have passed, keyed by author and nonce, for one to two lifetimes, or
 * less when more of them pass than it has room for.
 *
 * <p>Generations, each an insert-only open-addressing table of 64-bit keyed hashes. The current one
 * takes the new; when it is full or has aged, an empty one takes over, and it is kept for as long
 * as what is in it counts. The first is tiny, and each that fills up is followed by a larger one,
 * so that a peer that hardly writes takes a few hundred bytes. Any number of threads, no locks.
 */
final class DuplicateTable {
  private static final long EMPTY = 0;

  /** The smallest generation. */
  private static final int MIN_SLOTS = 16;

  /** One that is full is followed by one so many times as large. */
  private static final int GROWTH = 4;

  private static final Generation[] NONE = {};

  /** Of all tables that are empty: full from the beginning, so that nothing is put into it. */
  private static final Generations NOTHING = new Generations(new Generation(0, 0), NONE);

  private static final AtomicReferenceFieldUpdater<DuplicateTable, Generations> GENERATIONS =
      AtomicReferenceFieldUpdater.newUpdater(
          DuplicateTable.class, Generations.class, "generations");

  private final KeyedHash hash;
  private final int maxSlots;
  private final long lifetimeNs;
  private volatile Generations generations = NOTHING;

  /**
   * An empty table.
   *
   * @param maxEntries how many datagrams the largest generation holds, up to the next power of two;
   *     16 bytes of memory each, twice
   * @param lifetimeNs how long one generation takes new entries
   */
  DuplicateTable(int maxEntries, long lifetimeNs, RandomGenerator random) {
    this.hash = new KeyedHash(random);
    this.maxSlots = slotsFor(maxEntries);
    this.lifetimeNs = lifetimeNs;
  }

  /** The smallest power of two of which these are no more than half. */
  private static int slotsFor(int entries) {
    return Math.max(MIN_SLOTS, Integer.highestOneBit(2 * entries - 1) * 2);
  }

  /** Whether this datagram has not passed before; from now on it has. */
  boolean firstSight(PeerId author, long nonce, long nowNs) {
    long key = key(author, nonce);
    Generations now = turned(nowNs);
    boolean first = !now.olderContain(key) && now.current.add(key);
    // Who has seen a newer generation begin may have missed this in the one before: it decides.
    for (Generations newer = generations; first && newer != now; newer = generations) {
      now = newer;
      first = now.current.add(key);
    }
    return first;
  }

  /** Whether this datagram has passed of late; unlike {@link #firstSight} this leaves no trace. */
  boolean hasSeen(PeerId author, long nonce, long nowNs) {
    long key = key(author, nonce);
    Generations now = turned(nowNs);
    return now.olderContain(key) || now.current.contains(key);
  }

  /** Gives back the room of a table in which nothing counts any more. */
  void sweep(long nowNs) {
    Generations seen = generations;
    if (nowNs - seen.current.startNs >= 2 * lifetimeNs) {
      GENERATIONS.compareAndSet(this, seen, NOTHING);
    }
  }

  private long key(PeerId author, long nonce) {
    long key = hash.hash(author, nonce);
    return key == EMPTY ? 1 : key;
  }

  /** The generations, after turning them if it is time. Of several threads one succeeds. */
  private Generations turned(long nowNs) {
    Generations seen = generations;
    while (seen.isDue(lifetimeNs, nowNs)) {
      Generations next = next(seen, nowNs);
      if (GENERATIONS.compareAndSet(this, seen, next)) {
        return next;
      }
      seen = generations;
    }
    return seen;
  }

  private Generations next(Generations seen, long nowNs) {
    Generation current = seen.current;
    boolean aged = nowNs - current.startNs >= lifetimeNs;
    // An aged one is followed by one that is large enough for as many.
    int slots = aged ? slotsFor(1 + current.size.get()) : GROWTH * current.slots.length();
    Generation next = new Generation(Math.max(MIN_SLOTS, Math.min(slots, maxSlots)), nowNs);
    long endNs = aged ? current.startNs + lifetimeNs : nowNs;
    return new Generations(next, seen.since(endNs, nowNs, lifetimeNs, maxSlots));
  }

  /** The generation that takes new entries, and those before it, the latest first. */
  private static final class Generations {
    private final Generation current;
    private final Generation[] older;

    Generations(Generation current, Generation[] older) {
      this.current = current;
      this.older = older;
    }

    /** Whether others are to follow: the current one is full, or has aged. */
    boolean isDue(long lifetimeNs, long nowNs) {
      return current.isFull() || nowNs - current.startNs >= lifetimeNs;
    }

    boolean olderContain(long key) {
      for (Generation generation : older) {
        if (generation.contains(key)) {
          return true;
        }
      }
      return false;
    }

    /**
     * Those of all these that may hold what is younger than a lifetime, up to {@code maxSlots}.
     *
     * @param endNs when the current one took its last entry, at the latest
     */
    Generation[] since(long endNs, long nowNs, long lifetimeNs, int maxSlots) {
      Generation[] kept = new Generation[older.length + 1];
      int count = 0;
      Generation next = current;
      long slots = 0;
      long nextEndNs = endNs;
      while (slots < maxSlots && nowNs - nextEndNs < lifetimeNs) {
        kept[count++] = next;
        slots += next.slots.length();
        if (count > older.length) {
          break;
        }
        nextEndNs = next.startNs;
        next = older[count - 1];
      }
      return Arrays.copyOf(kept, count);
    }
  }

  private static final class Generation {
    private final AtomicLongArray slots;
    private final AtomicInteger size = new AtomicInteger();
    private final long startNs;

    Generation(int slotCount, long startNs) {
      this.slots = new AtomicLongArray(slotCount);
      this.startNs = startNs;
    }

    boolean isFull() {
      return size.get() >= slots.length() / 2;
    }

    boolean contains(long key) {
      int slot = slotOf(key);
      for (int seen = 0; seen < slots.length(); seen++) {
        long found = slots.get(slot);
        if (found == key || found == EMPTY) {
          return found == key;
        }
        slot = next(slot);
      }
      return false;
    }

    /**
     * Adds {@code key}; tells whether it was not there. Of threads that found it not full yet so
     * many may come that there is no room: then it is as if it were forgotten at once.
     */
    boolean add(long key) {
      int slot = slotOf(key);
      for (int seen = 0; seen < slots.length(); seen++) {
        long found = slots.compareAndExchange(slot, EMPTY, key);
        if (found == EMPTY) {
          size.incrementAndGet();
          return true;
        }
        if (found == key) {
          return false;
        }
        slot = next(slot);
      }
      return true;
    }

    private int slotOf(long key) {
      return (int) key & slots.length() - 1;
    }

    private int next(int slot) {
      return slot + 1 & slots.length() - 1;
    }
  }
}
