package org.peerrelay.daemon.gateway;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The last events of a session, numbered from 1 on, for a reader that comes back. What is too much
 * falls out, the oldest first. Not thread-safe.
 */
final class Backlog {
  /**
   * What a reader has still to be told.
   *
   * @param lost how many events have fallen out before
   * @param lastLost the number of the last of those; 0 if there is none
   * @param events the others, in order
   */
  record Rest(long lost, long lastLost, List<byte[]> events) {}

  private final int maxEvents;
  private final int maxBytes;
  private final ArrayDeque<byte[]> events = new ArrayDeque<>();
  private long nextId = 1;
  private int bytes;

  Backlog(int maxEvents, int maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /** The number of the next event. */
  long nextId() {
    return nextId;
  }

  /** Keeps the event with that number, as the bytes that are sent. */
  void add(byte[] event) {
    nextId++;
    events.add(event);
    bytes += event.length;
    while (events.size() > maxEvents || bytes > maxBytes) {
      bytes -= events.remove().length;
    }
  }

  /**
   * What comes after the event {@code lastId}; all there is after 0, and after a number that no
   * event has had.
   */
  Rest after(long lastId) {
    long known = lastId > 0 && lastId < nextId ? lastId : 0;
    long firstKept = nextId - events.size();
    long lost = Math.max(firstKept - 1 - known, 0);
    long seen = Math.max(known + 1 - firstKept, 0);
    return new Rest(lost, lost == 0 ? 0 : firstKept - 1, events.stream().skip(seen).toList());
  }
}
