package org.peerrelay.lab.simulation;

import java.util.random.RandomGenerator;
import org.peerrelay.message.Payload;

/** Random pairs of peers of which one writes to the other, twice; and what becomes of that. */
final class Conversations {
  private static final double NS = 1e9;

  /** How long a message may take. */
  static final long ONCE_NS = 5_000_000_000L;

  /** The same for each of several tries; of eight the first then waits 0.65 s. */
  static final long TRY_NS = 4_000_000_000L;

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
    write(author, to, first);
    network.after((long) (workload.toldAfterS() * NS), () -> write(author, to, told));
  }

  private void write(Host from, Host to, DeliveryTally tally) {
    if (!from.isRunning() || !to.isRunning()) {
      return;
    }
    Sending sending = new Sending(network, from, to);
    network.after(timeNs(workload), () -> check(sending, tally));
    if (workload.tries() == 1) {
      sending.once(payload);
    } else {
      sending.often(payload, workload.tries(), timeNs(workload));
    }
  }

  /** How long a message may take, all its tries together. */
  static long timeNs(Workload workload) {
    return Math.max(ONCE_NS, workload.tries() * TRY_NS);
  }

  private void check(Sending sending, DeliveryTally tally) {
    sending.end();
    long afterNs = sending.sentNs() - beganNs;
    int arrivals = sending.arrivals();
    if (arrivals > 0) {
      tally.onDelivered(sending, network.latencyNs(sending.from, sending.to));
      timeline.count(afterNs, true);
      if (arrivals > 1) {
        network
            .tallies()
            .violation(network.nowNs(), "datagram reached " + sending.to.id() + " twice");
      }
    } else if (sending.from.isRunning() && sending.to.isRunning()) {
      tally.onLost(sending.decisive());
      timeline.count(afterNs, false);
      lastLostNs = Math.max(lastLostNs, afterNs);
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
