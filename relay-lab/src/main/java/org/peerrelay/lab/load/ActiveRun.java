package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A run on one event loop: decides when the next message goes, and from whom to whom. Between
 * messages that are near it spins, since timers are too coarse; so at a high rate it uses its core
 * whole.
 */
final class ActiveRun {
  private static final long SPIN_NS = 200_000;
  private static final long WATCH_MS = 20;

  /** Messages written before what has come in is read again. */
  private static final int MAX_BATCH = 1_000;

  /** Short beside the latencies that people worry about, and long beside what a timer is off. */
  private static final long LATE_NS = 5_000_000;

  /** How long after the last arrival a message is held for lost, and how long at all. */
  private static final long QUIET_NS = 2_000_000_000;

  private static final long MAX_DRAIN_NS = 10_000_000_000L;

  /** Whoever stops a run does not want to wait. */
  private static final long MAX_DRAIN_STOPPED_NS = 1_000_000_000;

  private final LoadLoop loop;
  private final EventLoop eventLoop;
  private final LoadRun run;
  private final Pace pace;
  private final long startNs;
  private final RandomGenerator random;
  private final StampedPayload payloads;
  private final Tally tally;
  private final CompletableFuture<Tally> done = new CompletableFuture<>();
  private long stopNs;
  private long maxDrainNs = MAX_DRAIN_NS;
  private long planned;
  private boolean stepScheduled;
  private boolean draining;

  ActiveRun(
      LoadLoop loop,
      EventLoop eventLoop,
      int number,
      LoadRun run,
      Pace pace,
      long startNs,
      RandomGenerator random) {
    this.loop = loop;
    this.eventLoop = eventLoop;
    this.run = run;
    this.pace = pace;
    this.startNs = startNs;
    this.stopNs = run.warmUp().plus(run.measured()).toNanos();
    this.random = random;
    this.payloads = new StampedPayload(number, run.payloadBytes(), random);
    this.tally = new Tally(run.warmUp().toNanos(), stopNs);
  }

  CompletableFuture<Tally> done() {
    return done;
  }

  int payloadBytes() {
    return run.payloadBytes();
  }

  void begin() {
    if (pace instanceof Pace.Window) {
      watch();
    } else {
      stepAfter(startNs - System.nanoTime());
    }
  }

  /** Even for no delay it goes by the timer: a task that repeats itself would keep out all I/O. */
  private void stepAfter(long delayNs) {
    long timerNs = delayNs > SPIN_NS ? delayNs - SPIN_NS / 2 : 0;
    eventLoop.schedule(this::step, timerNs, TimeUnit.NANOSECONDS);
  }

  private void stepSoon() {
    if (!stepScheduled) {
      stepScheduled = true;
      eventLoop.execute(this::step);
    }
  }

  private void step() {
    stepScheduled = false;
    if (draining) {
      return;
    }
    long nowNs = System.nanoTime() - startNs;
    if (pace instanceof Pace.Rate rate) {
      sendDue(rate, nowNs);
    } else if (pace instanceof Pace.Window window) {
      fill(window, nowNs);
    }
  }

  /** What is due is sent even after the end, if this thread was kept from sending it before. */
  private void sendDue(Pace.Rate rate, long nowNs) {
    double intervalNs = 1e9 / rate.perSecond();
    int batch = 0;
    long nextNs = (long) (planned * intervalNs);
    while (nextNs <= nowNs && nextNs < stopNs && batch++ < MAX_BATCH) {
      send(nextNs);
      nextNs = (long) (++planned * intervalNs);
    }
    loop.flush();
    if (nextNs < stopNs) {
      stepAfter(nextNs - nowNs);
    } else {
      beginDrain();
    }
  }

  /** Called by what arrives, and by a timer in case that nothing does. */
  private void fill(Pace.Window window, long nowNs) {
    if (nowNs >= stopNs) {
      beginDrain();
      return;
    }
    long room = nowNs < 0 ? 0 : window.inFlight() - tally.inFlight(nowNs);
    for (long i = 0; i < room; i++) {
      send(nowNs);
    }
    loop.flush();
  }

  private void watch() {
    if (!draining) {
      stepSoon();
      eventLoop.schedule(this::watch, WATCH_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void send(long intendedNs) {
    int sender = random.nextInt(loop.clients());
    int other = random.nextInt(loop.clients() - 1);
    int target = other < sender ? other : other + 1;
    long seq = tally.onSend(intendedNs);
    if (System.nanoTime() - startNs - intendedNs > LATE_NS) {
      tally.onLate(intendedNs);
    }
    if (!loop.writeMessage(sender, target, payloads.write(seq, intendedNs, target))) {
      tally.onBlocked();
    }
  }

  void onPayload(int receiver, ByteBuf in, int index, int length) {
    if (done.isDone()) {
      return;
    }
    switch (payloads.read(in, index, length)) {
      case WHOLE -> {
        if (payloads.target() == receiver) {
          tally.onArrived(payloads.seq(), payloads.intendedNs(), System.nanoTime() - startNs);
          if (pace instanceof Pace.Window) {
            stepSoon();
          }
        } else {
          tally.onStray();
        }
      }
      case CORRUPTED -> tally.onCorrupted();
      case EARLIER -> {
        // Was given up by its own run.
      }
    }
  }

  /** Sends no more; what is on its way is still waited for, but not for long. */
  void stop() {
    long nowNs = System.nanoTime() - startNs;
    if (nowNs < stopNs) {
      stopNs = nowNs + 1;
      tally.end(stopNs);
    }
    maxDrainNs = MAX_DRAIN_STOPPED_NS;
    beginDrain();
  }

  LoadProgress progress(int connected) {
    return new LoadProgress(connected, tally.sent(), tally.delivered());
  }

  void onConnectionLost() {
    tally.onConnectionLost();
  }

  private void beginDrain() {
    if (!draining) {
      draining = true;
      drain();
    }
  }

  /** Sending is over: waits for what is on its way, then hands in the tally. */
  private void drain() {
    long nowNs = System.nanoTime() - startNs;
    boolean quiet = nowNs - Math.max(stopNs, tally.lastArrivalNs()) > QUIET_NS;
    if (tally.isSettled() || quiet || nowNs - stopNs > maxDrainNs) {
      done.complete(tally);
    } else {
      eventLoop.schedule(this::drain, WATCH_MS, TimeUnit.MILLISECONDS);
    }
  }
}
