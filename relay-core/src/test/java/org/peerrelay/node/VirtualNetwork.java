package org.peerrelay.node;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Nodes in virtual time, joined by links with latency. Everything repeats with the same seed. */
final class VirtualNetwork {
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MIN_LATENCY_NS = 200_000;
  private static final long MAX_LATENCY_NS = 60_000_000;

  private record Event(long timeNs, long number, Runnable what) {}

  final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::timeNs).thenComparing(Event::number));
  private final Map<String, VirtualHost> listening = new HashMap<>();
  private long nowNs;
  private long eventNumber;

  VirtualNetwork(long seed) {
    this.random = new Random(seed);
  }

  long nowNs() {
    return nowNs;
  }

  /** A host that listens at {@code url}, or nowhere if that is null, and bootstraps. */
  VirtualHost host(NodeConfig config, @Nullable String url, String... bootstraps) {
    return new VirtualHost(this, config, url, bootstraps);
  }

  void listen(String url, VirtualHost host) {
    listening.put(url, host);
  }

  void unlisten(String url) {
    listening.remove(url);
  }

  @Nullable VirtualHost at(String url) {
    return listening.get(url);
  }

  /** How long a packet takes, another time for each link. */
  long latencyNs() {
    return MIN_LATENCY_NS + random.nextLong(MAX_LATENCY_NS);
  }

  void after(long delayNs, Runnable what) {
    events.add(new Event(nowNs + delayNs, eventNumber++, what));
  }

  /** Ticks {@code host} until it stops, not in step with others. */
  void tick(VirtualHost host) {
    after(
        TICK_NS / 2 + random.nextLong(TICK_NS),
        () -> {
          if (host.tick()) {
            tick(host);
          }
        });
  }

  void runFor(long durationNs) {
    long endNs = nowNs + durationNs;
    for (Event next = events.peek(); next != null && next.timeNs() <= endNs; next = events.peek()) {
      events.remove();
      nowNs = next.timeNs();
      next.what().run();
    }
    nowNs = endNs;
  }
}
