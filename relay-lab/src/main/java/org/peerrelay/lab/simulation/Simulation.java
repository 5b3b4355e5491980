package org.peerrelay.lab.simulation;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.peerrelay.lab.simulation.SimulationProgress.Phase;

/** Runs scenarios. */
public final class Simulation {
  private static final double NS = 1e9;

  /** How often progress is told: so many times in a phase. */
  private static final int STEPS = 100;

  /**
   * What a node takes of the heap, with its links and what others keep of it: measured 151 kB of
   * 500 relays, whose tables grow with their number, and 8.0 kB of 50,000 leaves.
   */
  private static final long RELAY_BYTES = 200_000;

  private static final long PEER_BYTES = 8_500;

  private final Scenario scenario;
  private final Consumer<SimulationProgress> progress;
  private final Network network;
  private final Nodes nodes;
  private final Comings comings;
  private final RepairWatch repair;
  private final Conversations conversations;
  private final Invariants invariants;
  private final double totalS;
  private double plannedS;

  private Simulation(Scenario scenario, Consumer<SimulationProgress> progress) {
    SplittableRandom seeds = new SplittableRandom(scenario.seed());
    Partition partition = scenario.partition();
    boolean parts = partition.lengthS() > 0;
    double healsS = parts ? partition.afterS() + partition.lengthS() : 0;
    this.scenario = scenario;
    this.progress = progress;
    this.network = new Network(scenario, seeds.split());
    this.nodes = new Nodes(network, scenario, seeds.split());
    this.repair = new RepairWatch(network, nodes, seeds.split());
    this.comings = new Comings(network, nodes, scenario, seeds.split(), repair);
    this.conversations =
        new Conversations(network, nodes, scenario.workload(), seeds.split(), (long) (healsS * NS));
    this.invariants = new Invariants(network, nodes);
    this.totalS = totalS(scenario);
  }

  /**
   * Runs {@code scenario} on the calling thread.
   *
   * @param progress is told how far it has come, about a hundred times in each phase
   * @throws IllegalArgumentException if the heap is too small for it
   */
  public static SimulationReport run(Scenario scenario, Consumer<SimulationProgress> progress) {
    requireHeap(scenario.population());
    long startNs = System.nanoTime();
    Simulation simulation = new Simulation(scenario, progress);
    Findings findings = simulation.run();
    double wallS = (System.nanoTime() - startNs) / NS;
    Runtime runtime = Runtime.getRuntime();
    long heapBytes = runtime.totalMemory() - runtime.freeMemory();
    return new SimulationReport(
        scenario, findings, new Performance(wallS, simulation.network.events(), heapBytes));
  }

  /**
   * Refuses a population that does not fit into this JVM's heap.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static void requireHeap(Population population) {
    long peers = (long) population.leaves() + population.legacy();
    long bytes = RELAY_BYTES * population.relays() + PEER_BYTES * peers;
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw Expected.refused(
          "memory for this population",
          (bytes >> 20) + " MB",
          "at most " + (most >> 20) + " MB, the largest heap of this JVM");
    }
  }

  private static double totalS(Scenario scenario) {
    Schedule schedule = scenario.schedule();
    double runOnS = schedule.runOn() ? Invariants.POINTERS_GONE_NS / NS : 0;
    double lastTriesS = drainS(scenario.workload());
    return schedule.joinS() + schedule.settleS() + schedule.measureS() + lastTriesS + runOnS;
  }

  /** Until the last datagram has arrived, or will not any more. */
  private static double drainS(Workload workload) {
    return workload.toldAfterS() + Conversations.timeNs(workload) / NS + 1;
  }

  private Findings run() {
    Schedule schedule = scenario.schedule();
    comings.begin();
    pass(Phase.JOINING, schedule.joinS());
    nodes.surroundVictim();
    comings.beginChurn();
    pass(Phase.SETTLING, schedule.settleS());
    long beganNs = network.nowNs();
    measure(true);
    schedulePartition();
    conversations.begin(schedule.measureS());
    pass(Phase.MEASURING, schedule.measureS());
    measure(false);
    Survey survey = new Survey(network, nodes, beganNs);
    RoleFindings relays = survey.role(NodeRole.RELAY);
    RoleFindings leaves = survey.role(NodeRole.LEAF);
    RoleFindings legacy = survey.role(NodeRole.LEGACY);
    pass(Phase.DRAINING, drainS(scenario.workload()));
    if (schedule.runOn()) {
      comings.thin(10);
      pass(Phase.RUNNING_ON, Invariants.POINTERS_GONE_NS / NS);
    }
    invariants.check();
    return new Findings(
        conversations.first().deliveries(),
        conversations.told().deliveries(),
        conversations.timeline().intervals(),
        conversations.healedS(),
        repair.repair(),
        relays,
        leaves,
        legacy,
        survey.drops(),
        network.tallies().wireLosses(),
        nodes.deaths(),
        network.tallies().violations());
  }

  private void measure(boolean begins) {
    network.tallies().measure(begins);
    repair.watch(begins);
  }

  private void schedulePartition() {
    Partition partition = scenario.partition();
    if (partition.lengthS() > 0) {
      long afterNs = (long) (partition.afterS() * NS);
      network.after(afterNs, () -> network.part(true));
      network.after(afterNs + (long) (partition.lengthS() * NS), () -> network.part(false));
    }
  }

  /** Lets {@code seconds} pass, and tells how far that has come. */
  private void pass(Phase phase, double seconds) {
    double startS = plannedS;
    for (int step = 1; step <= STEPS; step++) {
      plannedS = startS + seconds * step / STEPS;
      network.runUntil((long) (plannedS * NS));
      progress.accept(
          new SimulationProgress(
              phase,
              plannedS / totalS,
              plannedS,
              nodes.relays().size(),
              nodes.peers().size(),
              network.events()));
    }
  }
}
