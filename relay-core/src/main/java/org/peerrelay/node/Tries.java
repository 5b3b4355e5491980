package org.peerrelay.node;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * When one message is sent again as the next attempt: when the wait for an answer to the last is
 * over, or when a relay says that it went no further. Any thread.
 */
public final class Tries {
  /** Lets time pass: that of a clock, or of a simulation. */
  public interface Later {
    /** Does {@code what} in {@code delayNs} from now. */
    void run(long delayNs, Runnable what);
  }

  /** Each wait is half as long again as the one before, for a later attempt's way is longer. */
  private static final double GROWTH = 1.5;

  private final int count;
  private final long timeoutNs;
  private final Later later;
  private final BooleanSupplier isOver;
  private final IntConsumer send;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * No try so far.
   *
   * @param count how many there may be
   * @param timeoutNs how long all of them take together
   * @param later calls back when a wait is over
   * @param isOver whether there is nothing to be done any more
   * @param send makes the attempt of that number, from 0 on
   */
  public Tries(int count, long timeoutNs, Later later, BooleanSupplier isOver, IntConsumer send) {
    this.count = count;
    this.timeoutNs = timeoutNs;
    this.later = later;
    this.isOver = isOver;
    this.send = send;
  }

  /** Makes the first. */
  public void begin() {
    makeAfter(0);
  }

  /** Makes the next if no more than {@code before} have been made. */
  private void makeAfter(int before) {
    if (isOver.getAsBoolean() || before == count || !made.compareAndSet(before, before + 1)) {
      return;
    }
    send.accept(before);
    if (before + 1 < count) {
      later.run(waitAfterNs(before), () -> makeAfter(before + 1));
    }
  }

  /** How long the attempt of that number may take before the next is made. */
  long waitAfterNs(int attempt) {
    double all = (Math.pow(GROWTH, count) - 1) / (GROWTH - 1);
    return (long) (timeoutNs * Math.pow(GROWTH, attempt) / all);
  }

  /** One of them went no further; tells whether that was the last. */
  public boolean onRefused() {
    if (refused.incrementAndGet() >= count) {
      return true;
    }
    makeAfter(made.get());
    return false;
  }

  /** How many have been made. */
  public int made() {
    return made.get();
  }
}
