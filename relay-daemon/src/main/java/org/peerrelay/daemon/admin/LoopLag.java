package org.peerrelay.daemon.admin;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;

/**
 * How long event loops keep what is handed to them waiting: each gets a small task now and then,
 * and the next one when that has run. Any thread reads.
 */
final class LoopLag {
  /** How often each is asked: often enough to see it stand still, and nothing beside its work. */
  static final long PERIOD_MS = 500;

  private final List<Probe> probes;
  private final LongConsumer onLagNs;

  /**
   * Nothing is known yet.
   *
   * @param onLagNs is told each answer's delay, on the loop that answered
   */
  LoopLag(Iterable<EventExecutor> loops, LongConsumer onLagNs) {
    this.onLagNs = onLagNs;
    this.probes =
        StreamSupport.stream(loops.spliterator(), false).map(loop -> new Probe(loop)).toList();
  }

  /** Asks those that have answered. One thread, every {@link #PERIOD_MS}. */
  void ask() {
    probes.forEach(Probe::ask);
  }

  /** The longest delay at present: of the last answers, and of those that are still to come. */
  long worstNs() {
    long nowNs = System.nanoTime();
    return probes.stream().mapToLong(probe -> probe.lagNs(nowNs)).max().orElse(0);
  }

  /** As {@link #worstNs}, in milliseconds. */
  double worstMs() {
    return (double) worstNs() / TimeUnit.MILLISECONDS.toNanos(1);
  }

  private final class Probe {
    private final EventExecutor loop;
    private volatile long askedNs;
    private volatile boolean waiting;
    private volatile long lagNs;

    Probe(EventExecutor loop) {
      this.loop = loop;
    }

    void ask() {
      if (!waiting) {
        askedNs = System.nanoTime();
        waiting = true;
        loop.execute(this::answer);
      }
    }

    private void answer() {
      lagNs = System.nanoTime() - askedNs;
      waiting = false;
      onLagNs.accept(lagNs);
    }

    long lagNs(long nowNs) {
      return waiting ? Math.max(lagNs, nowNs - askedNs) : lagNs;
    }
  }
}
