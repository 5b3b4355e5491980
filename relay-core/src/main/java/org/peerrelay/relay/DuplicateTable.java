package org.peerrelay.relay;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
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

  /** Peers that hardly send need no more. Many more slots than threads: see {@link #turned}. */
  private static final int FIRST_SLOTS = 128;

  private final KeyedHash hash;
  private final int maxEntries;
  private final long lifetimeNs;
  private final AtomicBoolean turning = new AtomicBoolean();
  private volatile Generations generations;

  /**
   * An empty table.
   *
   * @param maxEntries how many datagrams one generation holds; 16 bytes of memory each, twice
   * @param lifetimeNs how long one generation takes new entries
   */
  DuplicateTable(int maxEntries, long lifetimeNs, RandomGenerator random) {
    this.hash = new KeyedHash(random);
    this.maxEntries = maxEntries;
    this.lifetimeNs = lifetimeNs;
    this.generations =
        new Generations(new Generation(FIRST_SLOTS, 0), new Generation(FIRST_SLOTS, 0));
  }

  /** Whether this datagram has not passed before; from now on it has. */
  boolean firstSight(PeerId author, long nonce, long nowNs) {
    long key = hash.hash(author, nonce);
    long slotKey = key == EMPTY ? 1 : key;
    Generations now = turned(nowNs);
    return !now.previous.contains(slotKey) && now.current.add(slotKey);
  }

  /**
   * The generations, after turning them if it is time. One thread turns them; the others do not
   * wait but fill the half-full table a little further.
   */
  private Generations turned(long nowNs) {
    Generations seen = generations;
    if (!isOver(seen.current, nowNs) || !turning.compareAndSet(false, true)) {
      return seen;
    }
    seen = generations;
    if (isOver(seen.current, nowNs)) {
      seen = new Generations(new Generation(2 * maxEntries, nowNs), seen.current);
      generations = seen;
    }
    turning.set(false);
    return seen;
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

    /** Linear probing ends because the table turns when it is half full. */
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
      return (int) Long.remainderUnsigned(key, slots.length());
    }

    private int next(int slot) {
      return slot + 1 == slots.length() ? 0 : slot + 1;
    }
  }
}
