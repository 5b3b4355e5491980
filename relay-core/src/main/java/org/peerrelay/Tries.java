package org.peerrelay;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * When one message is sent again as the next attempt: when the wait for an answer to the last is
 * over, or when a relay says that it went no further. Any thread.
 */
final class Tries {
  /** Each wait is half as long again as the one before, for a later attempt's way is longer. */
  private static final double GROWTH = 1.5;

  private final int count;
  private final Duration timeout;
  private final BooleanSupplier isOver;
  private final IntConsumer send;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * No try so far.
   *
   * @param count how many there may be
   * @param timeout how long all of them take together
   * @param isOver whether there is nothing to be done any more
   * @param send makes the attempt of that number, from 0 on
   */
  Tries(int count, Duration timeout, BooleanSupplier isOver, IntConsumer send) {
    this.count = count;
    this.timeout = timeout;
    this.isOver = isOver;
    this.send = send;
  }

  void begin() {
    makeAfter(0);
  }

  /** Makes the next if no more than {@code before} have been made. */
  private void makeAfter(int before) {
    if (isOver.getAsBoolean() || before == count || !made.compareAndSet(before, before + 1)) {
      return;
    }
    send.accept(before);
    if (before + 1 < count) {
      later(waitAfter(before)).execute(() -> makeAfter(before + 1));
    }
  }

  private static Executor later(Duration delay) {
    return CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How long the attempt of that number may take before the next is made. */
  Duration waitAfter(int attempt) {
    double all = (Math.pow(GROWTH, count) - 1) / (GROWTH - 1);
    return Duration.ofNanos((long) (timeout.toNanos() * Math.pow(GROWTH, attempt) / all));
  }

  /** One of them went no further; tells whether that was the last. */
  boolean onRefused() {
    if (refused.incrementAndGet() >= count) {
      return true;
    }
    makeAfter(made.get());
    return false;
  }

  /** How many have been made. */
  int made() {
    return made.get();
  }
}
