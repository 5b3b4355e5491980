package org.peerrelay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;
import org.peerrelay.node.Tries;

/**
 * What this peer has sent that others are to answer: pings, traces, and messages to be
 * acknowledged, by their nonces. Each ends by itself, with its time. Any thread.
 */
final class Probes {
  private static final class Probe {
    final PeerId to;
    final long sentNs = System.nanoTime();
    final CompletableFuture<Duration> answered = new CompletableFuture<>();
    final List<TraceHop> hops = new ArrayList<>();
    final Tries tries;

    Probe(PeerId to, Duration timeout, int tries, IntConsumer send) {
      this.to = to;
      this.tries = new Tries(tries, timeout.toNanos(), Probes::later, answered::isDone, send);
    }

    Duration age() {
      return Duration.ofNanos(System.nanoTime() - sentNs);
    }

    synchronized void add(TraceHop hop) {
      hops.add(hop);
    }

    synchronized List<TraceHop> inOrder() {
      return hops.stream().sorted(Comparator.comparingInt(TraceHop::hop)).toList();
    }
  }

  private final ConcurrentHashMap<Long, Probe> waiting = new ConcurrentHashMap<>();

  /**
   * Sends what has {@code nonce}, again and again, and waits for the answer.
   *
   * @param timeout how long all tries take together
   * @param tries how many there are at most
   * @param send makes the attempt of that number, from 0 on
   */
  CompletableFuture<Acknowledgement> send(
      PeerId to, long nonce, Duration timeout, int tries, IntConsumer send) {
    Probe probe = probe(to, nonce, timeout, tries, send);
    CompletableFuture<Acknowledgement> acknowledged =
        probe.answered.thenApply(roundTrip -> new Acknowledgement(roundTrip, probe.tries.made()));
    probe.tries.begin();
    return acknowledged;
  }

  /** Collects what the nodes on the way of the trace {@code nonce} report, until its end. */
  CompletableFuture<List<TraceHop>> beginTrace(PeerId to, long nonce, Duration timeout) {
    Probe probe = probe(to, nonce, timeout, 1, attempt -> {});
    return probe.answered.handle((roundTrip, failure) -> probe.inOrder());
  }

  private Probe probe(PeerId to, long nonce, Duration timeout, int tries, IntConsumer send) {
    Probe probe = new Probe(to, timeout, tries, send);
    waiting.put(nonce, probe);
    probe
        .answered
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((roundTrip, failure) -> waiting.remove(nonce));
    return probe;
  }

  private static void later(long delayNs, Runnable what) {
    CompletableFuture.delayedExecutor(delayNs, TimeUnit.NANOSECONDS).execute(what);
  }

  void onPong(PeerId from, long nonce) {
    Probe probe = waiting.get(nonce);
    if (probe != null && probe.to.equals(from)) {
      probe.answered.complete(probe.age());
    }
  }

  void onTraceHop(PeerId from, Message.TraceHop report) {
    Probe probe = waiting.get(report.nonce());
    if (probe != null) {
      int hop = Header.MAX_PATH + 1 - report.hopsLeft();
      probe.add(new TraceHop(hop, from, report.verdict(), report.next(), probe.age()));
      if (isLast(report.verdict())) {
        probe.answered.complete(probe.age());
      }
    }
  }

  private static boolean isLast(HopVerdict verdict) {
    return switch (verdict) {
      case ATTACHED, TOWARDS_TARGET, TOWARDS_RELAY -> false;
      default -> true;
    };
  }

  /**
   * Tells whether the datagram {@code nonce} was one of these, which then is tried again, or has
   * failed.
   */
  boolean onUndeliverable(long nonce, DropReason reason) {
    Probe probe = waiting.get(nonce);
    if (probe == null) {
      return false;
    }
    return !probe.tries.onRefused()
        || probe.answered.completeExceptionally(new UndeliverableException(probe.to, reason));
  }
}
