package org.peerrelay.lab.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Events in the order in which they happen: a binary heap. */
final class EventHeap {
  private static final int INITIAL_EVENTS = 1_024;

  private @Nullable Event[] events = new @Nullable Event[INITIAL_EVENTS];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** The first; there must be one. */
  Event first() {
    return at(0);
  }

  void add(Event event) {
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
    }
    int place = size++;
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (!event.isBefore(at(parent))) {
        break;
      }
      events[place] = at(parent);
      place = parent;
    }
    events[place] = event;
  }

  /** Takes out the first; there must be one. */
  Event removeFirst() {
    Event first = at(0);
    Event last = at(--size);
    events[size] = null;
    if (size > 0) {
      sink(last);
    }
    return first;
  }

  private void sink(Event event) {
    int place = 0;
    for (int child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && at(child + 1).isBefore(at(child))) {
        child++;
      }
      if (!at(child).isBefore(event)) {
        break;
      }
      events[place] = at(child);
      place = child;
    }
    events[place] = event;
  }

  private Event at(int place) {
    Event event = events[place];
    if (event == null) {
      throw new IllegalStateException(
          "place in heap: " + place + " (expected: under " + size + ")");
    }
    return event;
  }
}
