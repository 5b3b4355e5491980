package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;

/**
 * The events to come, in order. A calendar queue: what happens within the next seconds lies in one
 * bucket for each millisecond, unordered, until its millisecond has come and it moves into a small
 * heap; what happens later lies in a heap of its own. So adding a million ticks costs no more each
 * than adding one.
 */
final class EventQueue {
  /** Width of a bucket: 2^20 ns, about a millisecond. */
  private static final int WIDTH_BITS = 20;

  /** As many buckets as cover 8.6 s, longer than most waits. */
  private static final int BUCKETS = 1 << 13;

  private final @Nullable Event[] buckets = new @Nullable Event[BUCKETS];
  private final EventHeap present = new EventHeap();
  private final EventHeap later = new EventHeap();

  /** The bucket whose events are in {@code present}, counted from time 0. */
  private long bucket;

  private long added;

  /** Adds an event that happens at {@code timeNs}, which must not be past. */
  void add(Event event, long timeNs) {
    event.timeNs = timeNs;
    event.sequence = added++;
    put(event);
  }

  private void put(Event event) {
    long its = event.timeNs >> WIDTH_BITS;
    if (its <= bucket) {
      present.add(event);
    } else if (its < bucket + BUCKETS) {
      int index = (int) its & BUCKETS - 1;
      event.next = buckets[index];
      buckets[index] = event;
    } else {
      later.add(event);
    }
  }

  /** Takes out the next event that happens at {@code untilNs} or before; null if there is none. */
  @Nullable Event poll(long untilNs) {
    long last = untilNs >> WIDTH_BITS;
    while (present.isEmpty() && bucket < last) {
      turn();
    }
    boolean due = !present.isEmpty() && present.first().timeNs <= untilNs;
    return due ? present.removeFirst() : null;
  }

  private void turn() {
    bucket++;
    int index = (int) bucket & BUCKETS - 1;
    Event event = buckets[index];
    buckets[index] = null;
    while (event != null) {
      Event next = event.next;
      event.next = null;
      present.add(event);
      event = next;
    }
    while (!later.isEmpty() && later.first().timeNs >> WIDTH_BITS < bucket + BUCKETS) {
      put(later.removeFirst());
    }
  }
}
