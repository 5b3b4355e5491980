package org.peerrelay.relay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;

/**
 * Remembers which datagrams have passed, keyed by author and nonce, for one to two lifetimes, or
 * less when more of them pass than it has room for.
 *
 * <p>Two generations, each an insert-only open-addressing table of 64-bit keyed hashes. The current
 * one takes the new; when it is full or has aged, it becomes the previous one and an empty one
 * takes over. Any number of threads, no locks. Should two copies of one datagram come in on two
 * threads just as the generations turn, both may pass; at any other time exactly one does.
 */
final class DuplicateTable {
  private static final long EMPTY = 0;

  /** The smallest generation. Many more slots than threads: see {@link #turned}. */
  private static final int MIN_SLOTS = 512;

  private static final Generation NONE = new Generation(1, 0);

  private static final AtomicReferenceFieldUpdater<DuplicateTable, Generations> GENERATIONS =
      AtomicReferenceFieldUpdater.newUpdater(
          DuplicateTable.class, Generations.class, "generations");

  private final KeyedHash hash;
  private final int slotCount;
  private final long lifetimeNs;
  private volatile Generations generations = new Generations(new Generation(MIN_SLOTS, 0), NONE);

  /**
   * An empty table.
   *
   * @param maxEntries how many datagrams one generation holds, 256 at least, up to the next power
   *     of two; 16 bytes of memory each, twice
   * @param lifetimeNs how long one generation takes new entries
   */
  DuplicateTable(int maxEntries, long lifetimeNs, RandomGenerator random) {
    this.hash = new KeyedHash(random);
    this.slotCount = Math.max(MIN_SLOTS, Integer.highestOneBit(2 * maxEntries - 1) * 2);
    this.lifetimeNs = lifetimeNs;
  }

  /** Whether this datagram has not passed before; from now on it has. */
  boolean firstSight(PeerId author, long nonce, long nowNs) {
    long key = hash.hash(author, nonce);
    long slotKey = key == EMPTY ? 1 : key;
    Generations now = turned(nowNs);
    return !now.previous.contains(slotKey) && now.current.add(slotKey);
  }

  /** Whether this datagram has passed of late; unlike {@link #firstSight} this leaves no trace. */
  boolean hasSeen(PeerId author, long nonce, long nowNs) {
    long key = hash.hash(author, nonce);
    long slotKey = key == EMPTY ? 1 : key;
    Generations now = turned(nowNs);
    return now.previous.contains(slotKey) || now.current.contains(slotKey);
  }

  /**
   * The generations, after turning them if it is time; an old one is kept if it may hold what is
   * younger than a lifetime. Of several threads that turn them at once one succeeds. None adds to a
   * generation that is over without having tried, so each puts at most one entry more into it, and
   * there always is an empty slot at which a search ends.
   */
  private Generations turned(long nowNs) {
    Generations seen = generations;
    if (!isOver(seen.current, nowNs)) {
      return seen;
    }
    boolean outdated = nowNs - seen.current.startNs - lifetimeNs >= lifetimeNs;
    Generation next = new Generation(slotCount, nowNs);
    Generations turned = new Generations(next, outdated ? NONE : seen.current);
    return GENERATIONS.compareAndSet(this, seen, turned) ? turned : generations;
  }

  private boolean isOver(Generation generation, long nowNs) {
    boolean full = generation.size.get() >= generation.slots.length() / 2;
    return full || nowNs - generation.startNs >= lifetimeNs;
  }

  private record Generations(Generation current, Generation previous) {}

  private static final class Generation {
    private final AtomicLongArray slots;
    private final AtomicInteger size = new AtomicInteger();
    private final long startNs;

    Generation(int slotCount, long startNs) {
      this.slots = new AtomicLongArray(slotCount);
      this.startNs = startNs;
    }

    boolean contains(long key) {
      for (int slot = slotOf(key); ; slot = next(slot)) {
        long found = slots.get(slot);
        if (found == key || found == EMPTY) {
          return found == key;
        }
      }
    }

    boolean add(long key) {
      for (int slot = slotOf(key); ; slot = next(slot)) {
        long found = slots.compareAndExchange(slot, EMPTY, key);
        if (found == EMPTY) {
          size.incrementAndGet();
          return true;
        }
        if (found == key) {
          return false;
        }
      }
    }

    private int slotOf(long key) {
      return (int) key & slots.length() - 1;
    }

    private int next(int slot) {
      return slot + 1 & slots.length() - 1;
    }
  }
}
