package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens at one moment of virtual time. Those of the same moment happen in the
 * order in which they were added. It may be added again once it has happened, and to one queue.
 */
abstract class Event {
  /** When it happens; the queue's. */
  long timeNs;

  /** Its place among those of the same moment; the queue's. */
  long sequence;

  /** The next one in the same bucket; the queue's. */
  @Nullable Event next;

  /** Happens. */
  abstract void happen();

  final boolean isBefore(Event other) {
    return timeNs != other.timeNs ? timeNs < other.timeNs : sequence < other.sequence;
  }
}
