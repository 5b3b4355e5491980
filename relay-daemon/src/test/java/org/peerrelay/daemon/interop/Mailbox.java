package org.peerrelay.daemon.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.peerrelay.daemon.npm.NpmHost;

/** What has come in, in order, to be waited for and taken out. Safe for any thread. */
final class Mailbox<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<T> waiting = new ArrayList<>();

  void add(T item) {
    lock.lock();
    try {
      waiting.add(item);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the first item that fits, which may be here already, and takes it out. */
  T take(String what, Predicate<? super T> fits) {
    List<T> taken = new ArrayList<>(1);
    await(what, () -> moveFirst(fits, taken));
    return taken.get(0);
  }

  /** What is here and was not taken. */
  List<T> rest() {
    lock.lock();
    try {
      return List.copyOf(waiting);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an item that fits and takes it out; tells whether there was one within the time. */
  boolean takes(Predicate<? super T> fits, Duration within) {
    return awaits(() -> moveFirst(fits, new ArrayList<>(1)), within);
  }

  /** Waits until something holds that only an added item can make true. */
  void await(String what, BooleanSupplier holds) {
    if (!awaits(holds, NpmHost.DEADLINE)) {
      throw new AssertionError(
          "%s: not within %d s (instead: %s)"
              .formatted(what, NpmHost.DEADLINE.toSeconds(), rest()));
    }
  }

  private boolean awaits(BooleanSupplier holds, Duration within) {
    long leftNs = within.toNanos();
    lock.lock();
    try {
      while (!holds.getAsBoolean()) {
        if (leftNs <= 0) {
          return false;
        }
        leftNs = changed.awaitNanos(leftNs);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean moveFirst(Predicate<? super T> fits, List<T> to) {
    for (Iterator<T> items = waiting.iterator(); items.hasNext(); ) {
      T item = items.next();
      if (fits.test(item)) {
        items.remove();
        return to.add(item);
      }
    }
    return false;
  }
}
