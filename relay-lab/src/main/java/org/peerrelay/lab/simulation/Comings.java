package org.peerrelay.lab.simulation;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Lets the nodes join, and then come and go. */
final class Comings {
  private static final double NS = 1e9;

  /** Who takes the place of a node that died comes within so long. */
  private static final long REPLACED_WITHIN_NS = 5_000_000_000L;

  private final Network network;
  private final Nodes nodes;
  private final Scenario scenario;
  private final RandomGenerator random;
  private final RepairWatch repair;
  private boolean churning;
  private int relays;
  private int peers;

  Comings(
      Network network, Nodes nodes, Scenario scenario, RandomGenerator random, RepairWatch repair) {
    this.network = network;
    this.nodes = nodes;
    this.scenario = scenario;
    this.random = random;
    this.repair = repair;
  }

  /** Lets all of them join, evenly: first the relays, then the others. */
  void begin() {
    double halfNs = scenario.schedule().joinS() * NS / 2;
    Population population = scenario.population();
    int others = population.nodes() - population.relays();
    every((long) (halfNs / population.relays()), population.relays(), this::joinRelay);
    if (others > 0) {
      network.after((long) halfNs, () -> every((long) (halfNs / others), others, this::joinPeer));
    }
  }

  private void every(long intervalNs, int times, Runnable what) {
    what.run();
    if (times > 1) {
      network.after(intervalNs, () -> every(intervalNs, times - 1, what));
    }
  }

  private void joinRelay() {
    nodes.joinRelay(nodes.attackers().joinsAs(relays++), null);
  }

  /** Legacy peers come among the leaves, as many in the first half as in the second. */
  private void joinPeer() {
    Population population = scenario.population();
    long all = (long) population.leaves() + population.legacy();
    boolean legacy =
        (peers + 1L) * population.legacy() / all > (long) peers * population.legacy() / all;
    peers++;
    nodes.joinPeer(legacy ? NodeRole.LEGACY : NodeRole.LEAF);
  }

  /** From now on nodes die, and others come in their place. */
  void beginChurn() {
    churning = true;
    nodes.relays().forEach(this::live);
    nodes.peers().forEach(this::live);
  }

  /** From now on nobody dies any more. */
  void endChurn() {
    churning = false;
  }

  private void live(Host host) {
    Churn churn = scenario.churn();
    boolean relay = host.role() == NodeRole.RELAY;
    double halfLifeS = relay ? churn.relayHalfLifeS() : churn.leafHalfLifeS();
    if (halfLifeS > 0 && host != nodes.attackers().victim()) {
      network.after((long) (churn.sessionS(halfLifeS, random) * NS), () -> die(host));
    }
  }

  private void die(Host host) {
    if (!churning || !host.isRunning()) {
      return;
    }
    boolean silently = random.nextDouble() < scenario.churn().silent();
    boolean sameUrl = !silently && random.nextDouble() < scenario.churn().sameUrl();
    repair.onDeath(host);
    nodes.die(host, silently);
    network.after(
        random.nextLong(REPLACED_WITHIN_NS), () -> replace(host, sameUrl ? host.url() : null));
  }

  private void replace(Host dead, @Nullable String url) {
    boolean relay = dead.role() == NodeRole.RELAY;
    live(relay ? nodes.joinRelay(dead.isAttacker(), url) : nodes.joinPeer(dead.role()));
  }

  /** One of {@code part} peers dies, and nobody comes in its place. */
  void thin(int part) {
    int leaving = nodes.peers().size() / part;
    for (int i = 0; i < leaving; i++) {
      nodes.die(nodes.peers().any(random), random.nextDouble() < scenario.churn().silent());
    }
  }
}
