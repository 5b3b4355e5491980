package org.peerrelay.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * Messages sent before there is any link, in order. Bounded in bytes and in time. Owned by the
 * control loop.
 */
final class WaitingRoom {
  /** A message and since when it waits. */
  record Waiting(PeerId to, Payload payload, long sinceNs) {
    /** Roughly what the entry itself takes, so that empty messages are not free. */
    private static final int ENTRY_BYTES = 100;

    int sizeBytes() {
      return payload.sizeBytes() + ENTRY_BYTES;
    }
  }

  private final int maxBytes;
  private final long maxWaitNs;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(0);
  private int bytes;

  WaitingRoom(int maxBytes, long maxWaitNs) {
    this.maxBytes = maxBytes;
    this.maxWaitNs = maxWaitNs;
  }

  /** Adds a message; tells whether there was room. */
  boolean add(PeerId to, Payload payload, long nowNs) {
    Waiting message = new Waiting(to, payload, nowNs);
    if (bytes + message.sizeBytes() > maxBytes) {
      return false;
    }
    bytes += message.sizeBytes();
    return waiting.add(message);
  }

  /** Takes out all messages. */
  List<Waiting> takeAll() {
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    bytes = 0;
    return all;
  }

  /** Takes out the messages that have waited for too long. */
  List<Waiting> takeOverdue(long nowNs) {
    List<Waiting> overdue = new ArrayList<>();
    Waiting oldest = waiting.peek();
    while (oldest != null && nowNs - oldest.sinceNs() >= maxWaitNs) {
      overdue.add(waiting.remove());
      bytes -= oldest.sizeBytes();
      oldest = waiting.peek();
    }
    return overdue;
  }
}
