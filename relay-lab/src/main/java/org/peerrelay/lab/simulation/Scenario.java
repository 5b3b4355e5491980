package org.peerrelay.lab.simulation;

/**
 * What is simulated. Immutable; equal scenarios have equal findings.
 *
 * @param seed of all randomness
 * @param population who is there
 * @param links how links behave
 * @param churn who comes and goes
 * @param attack what some relays do wrong
 * @param partition whether the network falls apart for a while
 * @param workload what is sent
 * @param schedule when all this happens
 */
public record Scenario(
    long seed,
    Population population,
    LinkModel links,
    Churn churn,
    Attack attack,
    Partition partition,
    Workload workload,
    Schedule schedule) {
  /** Hosts of an attacker's network, all of which may be relays of his. */
  private static final int RELAYS_PER_NETWORK = 4;

  private static final double HALF_HOUR_S = 1_800;

  /** Checks that the parts fit each other. */
  public Scenario {
    if (attack.relays() >= population.relays()) {
      throw Expected.refused(
          "attackers",
          String.valueOf(attack.relays()),
          "less than the " + population.relays() + " relays");
    }
    if (workload.pairs() > 0 && population.leaves() + population.legacy() < 2) {
      throw Expected.refused(
          "leaves",
          String.valueOf(population.leaves()),
          "2 or more, of which one writes to another");
    }
  }

  /** A network in which nobody leaves and nothing is lost. */
  public static Scenario stable(int relays, int leaves) {
    return new Scenario(
        1,
        new Population(relays, leaves, 0, RELAYS_PER_NETWORK),
        LinkModel.INTERNET,
        Churn.NONE,
        Attack.NONE,
        Partition.NONE,
        Workload.DEFAULT,
        Schedule.DEFAULT);
  }

  /** Half of the relays are replaced every 30 minutes; one death in ten is silent. */
  public static Scenario churn(int relays, int leaves) {
    return stable(relays, leaves)
        .withChurn(Churn.NONE.withRelayHalfLifeS(HALF_HOUR_S))
        .withSchedule(Schedule.DEFAULT.withMeasureS(HALF_HOUR_S));
  }

  /** A fifth of the relays drops datagrams or lies; ten minutes pass before it is measured. */
  public static Scenario malicious(int relays, int leaves) {
    return stable(relays, leaves)
        .withAttack(new Attack(Attack.Kind.DROP_OR_LIE, relays / 5, 0))
        .withSchedule(Schedule.DEFAULT.withSettleS(600));
  }

  /** A tenth more relays than there are, in four networks, lie around one victim. */
  public static Scenario eclipse(int relays, int leaves) {
    int attackers = Math.max(1, relays / 10);
    return stable(relays + attackers, leaves)
        .withAttack(new Attack(Attack.Kind.ECLIPSE, attackers, 4));
  }

  /** Half of the network cannot reach the other half for five minutes. */
  public static Scenario partition(int relays, int leaves) {
    return stable(relays, leaves)
        .withPartition(new Partition(30, 300))
        .withSchedule(Schedule.DEFAULT.withMeasureS(480));
  }

  /** The same with other randomness. */
  public Scenario withSeed(long other) {
    return new Scenario(other, population, links, churn, attack, partition, workload, schedule);
  }

  /** The same with other nodes. */
  public Scenario withPopulation(Population other) {
    return new Scenario(seed, other, links, churn, attack, partition, workload, schedule);
  }

  /** The same with some of the leaves in the legacy format instead. */
  public Scenario withLegacy(int count) {
    return withPopulation(
        new Population(
            population.relays(),
            population.leaves() + population.legacy() - count,
            count,
            population.relaysPerNetwork()));
  }

  /** The same over other links. */
  public Scenario withLinks(LinkModel other) {
    return new Scenario(seed, population, other, churn, attack, partition, workload, schedule);
  }

  /** The same with other comings and goings. */
  public Scenario withChurn(Churn other) {
    return new Scenario(seed, population, links, other, attack, partition, workload, schedule);
  }

  /** The same under another attack. */
  public Scenario withAttack(Attack other) {
    return new Scenario(seed, population, links, churn, other, partition, workload, schedule);
  }

  /** The same with another partition. */
  public Scenario withPartition(Partition other) {
    return new Scenario(seed, population, links, churn, attack, other, workload, schedule);
  }

  /** The same with other datagrams sent. */
  public Scenario withWorkload(Workload other) {
    return new Scenario(seed, population, links, churn, attack, partition, other, schedule);
  }

  /** The same at other times. */
  public Scenario withSchedule(Schedule other) {
    return new Scenario(seed, population, links, churn, attack, partition, workload, other);
  }
}
