package org.peerrelay.lab.simulation;

import java.util.random.RandomGenerator;
import org.peerrelay.message.Payload;

/** Random pairs of peers of which one writes to the other, twice; and what becomes of that. */
final class Conversations {
  private static final double NS = 1e9;

  /** How long a datagram may take before its author tries again. */
  private static final long TRY_NS = 2_000_000_000L;

  /** How long the last try may take. */
  static final long LAST_TRY_NS = 5_000_000_000L;

  private final Network network;
  private final Nodes nodes;
  private final Workload workload;
  private final RandomGenerator random;
  private final Payload payload;
  private final DeliveryTally first = new DeliveryTally();
  private final DeliveryTally told = new DeliveryTally();
  private final Timeline timeline = new Timeline();
  private final long healsNs;
  private long beganNs;
  private long intervalNs;
  private int pairsLeft;
  private long lastLostNs;

  /**
   * None yet.
   *
   * @param healsNs when a partition heals, after measuring has begun
   */
  Conversations(
      Network network, Nodes nodes, Workload workload, RandomGenerator random, long healsNs) {
    this.network = network;
    this.nodes = nodes;
    this.workload = workload;
    this.random = random;
    this.payload = Payload.bytes(new byte[workload.payloadBytes()]);
    this.healsNs = healsNs;
  }

  /** Begins; the last first datagram is sent within {@code lengthS}. */
  void begin(double lengthS) {
    beganNs = network.nowNs();
    pairsLeft = workload.pairs();
    intervalNs = (long) (lengthS * NS / Math.max(1, pairsLeft));
    next();
  }

  private void next() {
    if (pairsLeft-- > 0) {
      converse();
      network.after(intervalNs, this::next);
    }
  }

  private void converse() {
    if (nodes.peers().size() < 2) {
      return;
    }
    Host victim = nodes.attackers().victim();
    Host to = victim == null ? nodes.peers().any(random) : victim;
    Host from = nodes.peers().any(random);
    while (from == to) {
      from = nodes.peers().any(random);
    }
    Host author = from;
    write(author, to, first, 1);
    network.after((long) (workload.toldAfterS() * NS), () -> write(author, to, told, 1));
  }

  private void write(Host from, Host to, DeliveryTally tally, int attempt) {
    if (!from.isRunning() || !to.isRunning()) {
      return;
    }
    Journey journey = new Journey(from, to, network.nowNs());
    from.send(journey, payload);
    boolean last = attempt == workload.tries();
    network.after(last ? LAST_TRY_NS : TRY_NS, () -> check(journey, tally, attempt));
  }

  private void check(Journey journey, DeliveryTally tally, int attempt) {
    if (journey.arrivals > 0) {
      long directNs = network.latencyNs(journey.from, journey.to);
      tally.onDelivered(journey, attempt, directNs);
      timeline.count(journey.sentNs - beganNs, true);
      if (journey.arrivals > 1) {
        network
            .tallies()
            .violation(network.nowNs(), "datagram reached " + journey.to.id() + " twice");
      }
    } else if (attempt < workload.tries()) {
      write(journey.from, journey.to, tally, attempt + 1);
    } else if (journey.from.isRunning() && journey.to.isRunning()) {
      tally.onLost(journey);
      timeline.count(journey.sentNs - beganNs, false);
      lastLostNs = Math.max(lastLostNs, journey.sentNs - beganNs);
    }
  }

  DeliveryTally first() {
    return first;
  }

  DeliveryTally told() {
    return told;
  }

  Timeline timeline() {
    return timeline;
  }

  /** How long after healing the last datagram was sent that was lost. */
  double healedS() {
    return healsNs == 0 ? 0 : Math.max(0, lastLostNs - healsNs) / NS;
  }
}
