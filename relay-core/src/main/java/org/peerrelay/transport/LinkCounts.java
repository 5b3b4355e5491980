package org.peerrelay.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.DropReason;

/**
 * What came and went over one link. Frames are counted by the link's event loop alone, so that this
 * costs no more than adding; drops by any thread. Any thread reads, perhaps a moment too little.
 */
final class LinkCounts {
  private static final int RECEIVED = 0;
  private static final int RECEIVED_BYTES = 1;
  private static final int SENT = 2;
  private static final int SENT_BYTES = 3;
  private static final int THROTTLED = 4;

  private final AtomicLongArray counts = new AtomicLongArray(THROTTLED + 1);
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable DropReason lastDrop;
  private volatile long throttledUntilNs = System.nanoTime();

  /** A frame has come. Event loop only. */
  void countReceived(int sizeBytes) {
    add(RECEIVED, 1);
    add(RECEIVED_BYTES, sizeBytes);
  }

  /** A frame has been written. Event loop only. */
  void countSent(int sizeBytes) {
    add(SENT, 1);
    add(SENT_BYTES, sizeBytes);
  }

  /** It is not read until then. Event loop only. */
  void countThrottled(long untilNs) {
    add(THROTTLED, 1);
    throttledUntilNs = untilNs;
  }

  private void add(int which, int count) {
    counts.setOpaque(which, counts.getPlain(which) + count);
  }

  /** A datagram that came over the link, or was to go over it, ended here. */
  void countDropped(DropReason reason) {
    dropped.incrementAndGet();
    lastDrop = reason;
  }

  /** Frames and their bytes so far. */
  Traffic traffic() {
    return new Traffic(
        counts.getOpaque(RECEIVED),
        counts.getOpaque(RECEIVED_BYTES),
        counts.getOpaque(SENT),
        counts.getOpaque(SENT_BYTES));
  }

  /** How often it was not read for a moment. */
  long throttled() {
    return counts.getOpaque(THROTTLED);
  }

  /** Whether it is not read now. */
  boolean isThrottled(long nowNs) {
    return throttledUntilNs - nowNs > 0;
  }

  long dropped() {
    return dropped.get();
  }

  /** Why the last one was dropped; null if none was. */
  @Nullable DropReason lastDrop() {
    return lastDrop;
  }
}
