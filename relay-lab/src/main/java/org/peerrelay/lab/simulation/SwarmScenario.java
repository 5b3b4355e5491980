package org.peerrelay.lab.simulation;

/**
 * A network all of whose leaves are members of one swarm, in which then one thing after the other
 * happens. Immutable; equal scenarios have equal findings.
 *
 * @param network the relays, the leaves, and how links behave; its workload, churn, attack and
 *     partition are not used
 * @param everyS how many seconds lie between two things that happen: by turns a member comes, one
 *     leaves, one dies, and one sends something to all
 * @param relayDeaths how many relays die during that time, with their links reset
 */
public record SwarmScenario(Scenario network, double everyS, int relayDeaths) {
  private static final double MIN_S = 0.01;
  private static final double MAX_S = 3_600;

  /** Checks the ranges. */
  public SwarmScenario {
    Expected.between("seconds between two changes", everyS, MIN_S, MAX_S);
    Expected.between("deaths of relays", relayDeaths, 0, network.population().relays() - 1);
  }
}
