package org.peerrelay.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.DropReason;

/**
 * What came and went over one link. Frames are counted by the link's event loop alone, so that this
 * costs no more than adding, all in one place in memory; drops by any thread. Any thread reads,
 * perhaps a moment too little.
 */
final class LinkCounts {
  private static final AtomicLongFieldUpdater<LinkCounts> RECEIVED = updater("received");
  private static final AtomicLongFieldUpdater<LinkCounts> RECEIVED_BYTES = updater("receivedBytes");
  private static final AtomicLongFieldUpdater<LinkCounts> SENT = updater("sent");
  private static final AtomicLongFieldUpdater<LinkCounts> SENT_BYTES = updater("sentBytes");
  private static final AtomicLongFieldUpdater<LinkCounts> THROTTLED = updater("throttled");

  private volatile long received;
  private volatile long receivedBytes;
  private volatile long sent;
  private volatile long sentBytes;
  private volatile long throttled;
  private volatile long throttledUntilNs = System.nanoTime();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable DropReason lastDrop;

  private static AtomicLongFieldUpdater<LinkCounts> updater(String field) {
    return AtomicLongFieldUpdater.newUpdater(LinkCounts.class, field);
  }

  /** A frame has come. Event loop only. */
  void countReceived(int sizeBytes) {
    RECEIVED.lazySet(this, received + 1);
    RECEIVED_BYTES.lazySet(this, receivedBytes + sizeBytes);
  }

  /** A frame has been written. Event loop only. */
  void countSent(int sizeBytes) {
    SENT.lazySet(this, sent + 1);
    SENT_BYTES.lazySet(this, sentBytes + sizeBytes);
  }

  /** It is not read until then. Event loop only. */
  void countThrottled(long untilNs) {
    THROTTLED.lazySet(this, throttled + 1);
    throttledUntilNs = untilNs;
  }

  /** A datagram that came over the link, or was to go over it, ended here. */
  void countDropped(DropReason reason) {
    dropped.incrementAndGet();
    lastDrop = reason;
  }

  /** Frames and their bytes so far. */
  Traffic traffic() {
    return new Traffic(received, receivedBytes, sent, sentBytes);
  }

  /** How often it was not read for a moment. */
  long throttled() {
    return throttled;
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
