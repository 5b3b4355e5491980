package org.peerrelay.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into a node's control loop, one of the event loops. What remote peers can send without
 * end is bounded in bytes; links that come and go are bounded by their number.
 */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final EventLoop loop = EventLoops.next();
  private final int maxBytes;
  private final LongConsumer settle;
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final AtomicBoolean settling = new AtomicBoolean();

  /**
   * An inbox with a control loop of its own.
   *
   * @param settle is told the time after every batch of events that may have changed the links
   */
  Inbox(int maxBytes, LongConsumer settle) {
    this.maxBytes = maxBytes;
    this.settle = settle;
  }

  /** Has {@code event} handled, and told the time, on the control loop. */
  void post(LongConsumer event) {
    loop.execute(() -> handleAndSettle(event));
  }

  /** Has a datagram handled, unless too much waits already; tells whether it will be. */
  boolean offer(int sizeBytes, LongConsumer event) {
    if (waitingBytes.addAndGet(sizeBytes) > maxBytes) {
      waitingBytes.addAndGet(-sizeBytes);
      return false;
    }
    loop.execute(
        () -> {
          waitingBytes.addAndGet(-sizeBytes);
          handle(event);
        });
    return true;
  }

  /**
   * Has {@code event} handled now and again {@code pauseMs} after each time, until the result is
   * cancelled. What was missed while the loop stood still is not made up for: that would keep it
   * from reading what has come meanwhile.
   */
  Future<?> repeat(long pauseMs, LongConsumer event) {
    return loop.scheduleWithFixedDelay(
        () -> handleAndSettle(event), 0, pauseMs, TimeUnit.MILLISECONDS);
  }

  /** Has {@code what} run once, unless the result is cancelled before. */
  Future<?> after(long delayNs, Runnable what) {
    return loop.schedule(what, delayNs, TimeUnit.NANOSECONDS);
  }

  private void handleAndSettle(LongConsumer event) {
    handle(event);
    // Behind everything that is waiting now, so that a thousand new links settle together.
    if (settling.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            settling.set(false);
            handle(settle);
          });
    }
  }

  /** Whatever one event throws, an error even, the node goes on: a tick that fails is the last. */
  private static void handle(LongConsumer event) {
    try {
      event.accept(System.nanoTime());
    } catch (Throwable e) {
      LOG.error("event on the control loop failed", e);
    }
  }
}
