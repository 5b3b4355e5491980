package org.peerrelay.lab.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Virtual time, who listens where, and what lies between any two hosts. One thread. */
final class Network {
  private final EventQueue queue = new EventQueue();
  private final Map<String, Host> listening = new HashMap<>();
  private final RandomGenerator random;
  private final Latencies latencies;
  private final Tallies tallies = new Tallies();
  private final Wire wire;
  private final Forwarding forwarding;

  /** Messages that are to be answered, by nonce. */
  private final Map<Long, Sending> awaiting = new HashMap<>();

  private long nowNs;
  private long events;
  private boolean parted;

  Network(Scenario scenario, RandomGenerator random) {
    this.random = random;
    this.latencies = new Latencies(scenario.seed(), scenario.links());
    this.wire = new Wire(this, scenario.links(), random, tallies);
    this.forwarding = new Forwarding(this);
  }

  long nowNs() {
    return nowNs;
  }

  long events() {
    return events;
  }

  RandomGenerator random() {
    return random;
  }

  Tallies tallies() {
    return tallies;
  }

  Wire wire() {
    return wire;
  }

  Forwarding forwarding() {
    return forwarding;
  }

  /** Messages whose authors wait for an answer, by nonce. */
  Map<Long, Sending> awaiting() {
    return awaiting;
  }

  long latencyNs(Host one, Host other) {
    return latencies.betweenNs(one.number(), other.number());
  }

  /** How long a host that nobody knows is away. */
  long latencyToNowhereNs(Host from) {
    return latencies.betweenNs(from.number(), -1);
  }

  void at(long timeNs, Event event) {
    queue.add(event, timeNs);
  }

  /** Does something later. */
  void after(long delayNs, Runnable what) {
    queue.add(
        new Event() {
          @Override
          void happen() {
            what.run();
          }
        },
        nowNs + delayNs);
  }

  /** Lets time pass until {@code timeNs}. */
  void runUntil(long timeNs) {
    for (Event next = queue.poll(timeNs); next != null; next = queue.poll(timeNs)) {
      nowNs = next.timeNs;
      events++;
      next.happen();
    }
    nowNs = timeNs;
  }

  void listen(String url, Host host) {
    listening.put(url, host);
  }

  /** Nobody answers at {@code url} any more, unless another has taken it over. */
  void unlisten(String url, Host host) {
    listening.remove(url, host);
  }

  @Nullable Host at(String url) {
    return listening.get(url);
  }

  /** Halves the network, or heals it. */
  void part(boolean apart) {
    parted = apart;
  }

  boolean isApart(Host one, Host other) {
    return parted && one.side() != other.side();
  }

  /** The other end of a link has closed it, or knows nothing of it: {@code end} is told so. */
  void reset(SimulatedLink end) {
    if (end.open && !isApart(end.owner, end.other)) {
      long toldNs = Math.max(nowNs + end.latencyNs, end.lastArrivalNs);
      after(toldNs - nowNs, () -> end.owner.onDown(end));
    }
  }
}
