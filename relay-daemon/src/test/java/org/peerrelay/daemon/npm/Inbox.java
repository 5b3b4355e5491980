package org.peerrelay.daemon.npm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Events of one kind in the order of their arrival, to be waited for. Safe for any thread. */
final class Inbox<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<T> waiting = new ArrayList<>();
  private final CompletableFuture<String> ended;

  /** Waits fail once {@code ended} is completed, with its text as the reason. */
  Inbox(CompletableFuture<String> ended) {
    this.ended = ended;
    ended.thenRun(this::wake);
  }

  void add(T event) {
    lock.lock();
    try {
      waiting.add(event);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the first event that fits, which may be here already, and takes it out. */
  T take(String what, Predicate<? super T> fits, Duration deadline) {
    T event = poll(what, fits, deadline);
    if (event == null) {
      throw new AssertionError(
          "%s: none within %d s (expected: one; others: %s)"
              .formatted(what, deadline.toSeconds(), snapshot()));
    }
    return event;
  }

  /** As {@link #take}, but tells by null that there was none. */
  @Nullable T poll(String what, Predicate<? super T> fits, Duration deadline) {
    long leftNs = deadline.toNanos();
    lock.lock();
    try {
      while (true) {
        for (Iterator<T> events = waiting.iterator(); events.hasNext(); ) {
          T event = events.next();
          if (fits.test(event)) {
            events.remove();
            return event;
          }
        }
        if (ended.isDone()) {
          throw new AssertionError("no " + what + ": " + ended.join());
        }
        if (leftNs <= 0) {
          return null;
        }
        leftNs = changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  /** What has arrived and was not taken. */
  List<T> snapshot() {
    lock.lock();
    try {
      return List.copyOf(waiting);
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
