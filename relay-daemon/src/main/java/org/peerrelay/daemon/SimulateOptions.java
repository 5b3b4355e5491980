package org.peerrelay.daemon;

import org.jspecify.annotations.Nullable;
import org.peerrelay.lab.simulation.Attack;
import org.peerrelay.lab.simulation.Churn;
import org.peerrelay.lab.simulation.LinkModel;
import org.peerrelay.lab.simulation.Partition;
import org.peerrelay.lab.simulation.Population;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.Schedule;
import org.peerrelay.lab.simulation.Simulation;
import org.peerrelay.lab.simulation.Workload;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what network to simulate: a named scenario, and what differs from it. */
final class SimulateOptions {
  private static final double MINUTE_S = 60;

  /** How long a network is measured before it falls apart, and after it has healed. */
  private static final double BEFORE_PARTITION_S = 30;

  private static final double AFTER_PARTITION_S = 150;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      converter = NetworkPreset.Converter.class,
      description = {
        "What to begin with; other options change it. stable: nobody leaves, nothing is lost."
            + " churn: half of the relays are replaced in 30 minutes. malicious: a fifth of"
            + " them drop messages or lie. eclipse: a tenth more relays, around one victim."
            + " partition: half of the network is cut off for 5 minutes. Default:"
            + " ${DEFAULT-VALUE}"
      })
  private NetworkPreset preset = NetworkPreset.STABLE;

  @Option(
      names = "--relays",
      paramLabel = "N",
      converter = Relays.class,
      description = "How many relays. Default: ${DEFAULT-VALUE}")
  private int relays = 100;

  @Option(
      names = "--peers",
      paramLabel = "N",
      converter = Peers.class,
      description = "How many peers that only send and receive. Default: ${DEFAULT-VALUE}")
  private int peers = 1_000;

  @Option(
      names = "--legacy-peers",
      paramLabel = "N",
      converter = Peers.class,
      description = "How many more that speak as npm peers do. Default: ${DEFAULT-VALUE}")
  private int legacyPeers;

  @Option(
      names = "--minutes",
      paramLabel = "MIN",
      converter = Minutes.class,
      description = "Simulated time in which messages are sent. Default: 2, or the scenario's")
  private @Nullable Double minutes;

  @Option(
      names = "--churn",
      paramLabel = "MIN",
      converter = SpanMinutes.class,
      description = "Time in which half of the relays are replaced; 0 for never.")
  private @Nullable Double halfLifeMinutes;

  @Option(
      names = "--silent-deaths",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "Share of these that are gone without a word, 0 to 1. Default: 0.1")
  private @Nullable Double silentDeaths;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      converter = LatencyMs.class,
      description = "Median of the links' latencies, one way. Default: 40")
  private @Nullable Double latencyMs;

  @Option(
      names = "--loss",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "Share of messages that each link loses, 0 to 1. Default: 0")
  private @Nullable Double loss;

  @Option(
      names = "--partition",
      paramLabel = "MIN",
      converter = SpanMinutes.class,
      description = "Time for which half of the network cannot reach the other half.")
  private @Nullable Double partitionMinutes;

  @Mixin private final AttackOptions attacks = new AttackOptions();

  @Option(
      names = "--pairs",
      paramLabel = "N",
      converter = Pairs.class,
      description = "Pairs of peers in which the one writes to the other, twice. Default: 1000")
  private @Nullable Integer pairs;

  @Option(
      names = "--tries",
      paramLabel = "N",
      converter = Tries.class,
      description = "Tries for each message at most, each another way. Default: 1")
  private @Nullable Integer tries;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Seed.class,
      description = "Equal seeds give equal results. Default: ${DEFAULT-VALUE}")
  private int seed = 1;

  /** The scenario that was asked for. */
  Scenario scenario() throws CommandFailedException {
    try {
      Scenario scenario = preset.of(relays, peers);
      Attack attack = attacks.attack(scenario.attack(), relays);
      int eclipsing = attack.kind() == Attack.Kind.ECLIPSE ? attack.relays() : 0;
      int relaysPerNetwork = scenario.population().relaysPerNetwork();
      Population population =
          new Population(relays + eclipsing, peers, legacyPeers, relaysPerNetwork);
      Simulation.requireHeap(population);
      return new Scenario(
          seed,
          population,
          links(scenario.links()),
          churn(scenario.churn()),
          attack,
          partition(scenario.partition()),
          workload(scenario.workload()),
          schedule(scenario.schedule(), partition(scenario.partition())));
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(ExitStatus.USAGE, e.getMessage(), e);
    }
  }

  private LinkModel links(LinkModel links) {
    LinkModel lossy = loss == null ? links : links.withLoss(loss);
    return latencyMs == null
        ? lossy
        : new LinkModel(
            latencyMs,
            lossy.spread(),
            lossy.jitterMs(),
            lossy.loss(),
            lossy.duplication(),
            lossy.reordering());
  }

  private Churn churn(Churn churn) {
    Churn timed =
        halfLifeMinutes == null ? churn : churn.withRelayHalfLifeS(halfLifeMinutes * MINUTE_S);
    return silentDeaths == null ? timed : timed.withSilent(silentDeaths);
  }

  private Partition partition(Partition partition) {
    return partitionMinutes == null
        ? partition
        : new Partition(BEFORE_PARTITION_S, partitionMinutes * MINUTE_S);
  }

  private Workload workload(Workload workload) {
    Workload counted = pairs == null ? workload : workload.withPairs(pairs);
    return tries == null ? counted : counted.withTries(tries);
  }

  /** Long enough to see what becomes of {@code partition}, or as long as the user says. */
  private Schedule schedule(Schedule schedule, Partition partition) throws CommandFailedException {
    double healsS = partition.lengthS() > 0 ? partition.afterS() + partition.lengthS() : 0;
    if (minutes == null) {
      double leastS = healsS > 0 ? healsS + AFTER_PARTITION_S : 0;
      return schedule.withMeasureS(Math.max(schedule.measureS(), leastS));
    }
    if (minutes * MINUTE_S <= healsS) {
      throw new CommandFailedException(
          ExitStatus.USAGE,
          "--minutes: '"
              + minutes
              + "' (expected: more than "
              + healsS / MINUTE_S
              + ", when the network is whole again)");
    }
    return schedule.withMeasureS(minutes * MINUTE_S);
  }

  /** As many as the simulator takes, if there is memory for them. */
  static final class Relays extends WholeNumber {
    Relays() {
      super(1, 1_000_000);
    }
  }

  /** The same, of peers. */
  static final class Peers extends WholeNumber {
    Peers() {
      super(0, 10_000_000);
    }
  }

  /** A second or more, and up to a week. */
  static final class Minutes extends DecimalNumber {
    Minutes() {
      super("0.02", "10080");
    }
  }

  /** A time that may be none. */
  static final class SpanMinutes extends DecimalNumber {
    SpanMinutes() {
      super("0", "10080");
    }
  }

  /** What a link may have. */
  static final class LatencyMs extends DecimalNumber {
    LatencyMs() {
      super("0.01", "10000");
    }
  }

  /** As many as the simulator takes. */
  static final class Pairs extends WholeNumber {
    Pairs() {
      super(0, 100_000_000);
    }
  }

  /** The same. */
  static final class Tries extends WholeNumber {
    Tries() {
      super(1, 16);
    }
  }

  /** Any that is not negative. */
  static final class Seed extends WholeNumber {
    Seed() {
      super(0, Integer.MAX_VALUE);
    }
  }
}
