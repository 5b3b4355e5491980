package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.swarm.SwarmKey;

/** Runs a {@link SwarmScenario}: the nodes of a network, all of whose leaves are in one swarm. */
public final class SwarmSimulation {
  private static final double NS = 1e9;
  private static final SwarmKey KEY = SwarmKey.of("simulated");
  private static final long CHANNEL = KEY.topic("simulated");
  private static final Payload CAST = Payload.bytes(new byte[100]);

  /** After the last change so long, in which who was lost with a relay is found again. */
  private static final double SETTLE_S = 30;

  /** A newcomer has its links after so long. */
  private static final double LINKING_S = 5;

  private final SwarmScenario scenario;
  private final Network network;
  private final Nodes nodes;
  private final Comings comings;
  private final RandomGenerator random;
  private final SwarmWatch watch = new SwarmWatch();

  /** Members that are there, and the same by id. */
  private final List<SwarmMember> members = new ArrayList<>();

  private final Map<PeerId, SwarmMember> byId = new HashMap<>();

  private SwarmSimulation(SwarmScenario scenario) {
    SplittableRandom seeds = new SplittableRandom(scenario.network().seed());
    this.scenario = scenario;
    this.network = new Network(scenario.network(), seeds.split());
    this.nodes = new Nodes(network, scenario.network(), seeds.split());
    RepairWatch unwatched = new RepairWatch(network, nodes, seeds.split());
    this.comings = new Comings(network, nodes, scenario.network(), seeds.split(), unwatched);
    this.random = seeds.split();
  }

  /** Runs {@code scenario} on the calling thread. */
  public static SwarmFindings run(SwarmScenario scenario) {
    return new SwarmSimulation(scenario).run();
  }

  private SwarmFindings run() {
    Schedule schedule = scenario.network().schedule();
    comings.begin();
    pass(schedule.joinS() + schedule.settleS());
    joinAll(schedule.joinS());
    pass(schedule.joinS() + SETTLE_S);
    int all = members.size();
    int complete = (int) members.stream().filter(m -> m.known().size() == all - 1).count();
    network.tallies().measure(true);
    scheduleChanges(schedule.measureS());
    pass(schedule.measureS());
    network.tallies().measure(false);
    double relayBytes = bytesPerS(nodes.relays(), schedule.measureS());
    double memberBytes = bytesPerS(nodes.peers(), schedule.measureS());
    pass(SETTLE_S);
    watch.end();
    return new SwarmFindings(
        complete,
        all,
        watch.findings(SwarmWatch.Kind.JOIN),
        watch.findings(SwarmWatch.Kind.LEAVE),
        watch.findings(SwarmWatch.Kind.DEATH),
        watch.findings(SwarmWatch.Kind.CAST),
        watch.falseLeaves(),
        missing(),
        relayBytes,
        memberBytes);
  }

  private void pass(double seconds) {
    network.runUntil(network.nowNs() + (long) (seconds * NS));
  }

  private void joinAll(double seconds) {
    List<Host> leaves = new ArrayList<>();
    nodes.peers().forEach(leaves::add);
    for (int i = 0; i < leaves.size(); i++) {
      Host leaf = leaves.get(i);
      network.after((long) (seconds * NS * i / leaves.size()), () -> join(leaf));
    }
  }

  private SwarmMember join(Host leaf) {
    SwarmMember member = new SwarmMember(watch, leaf);
    members.add(member);
    byId.put(leaf.id(), member);
    leaf.join(KEY, member);
    return member;
  }

  private void scheduleChanges(double seconds) {
    int count = (int) (seconds / scenario.everyS());
    for (int i = 0; i < count; i++) {
      int turn = i;
      network.after((long) (scenario.everyS() * NS * i), () -> change(turn));
    }
    for (int i = 1; i <= scenario.relayDeaths(); i++) {
      double atS = seconds * i / (scenario.relayDeaths() + 1);
      network.after((long) (atS * NS), () -> nodes.die(nodes.relays().any(random), false));
    }
  }

  private void change(int turn) {
    switch (turn % 4) {
      case 0 -> {
        Host leaf = nodes.joinPeer(NodeRole.LEAF);
        network.after((long) (LINKING_S * NS), () -> comes(leaf));
      }
      case 1 -> {
        Host leaving = take(SwarmWatch.Kind.LEAVE);
        leaving.leave(KEY);
      }
      case 2 -> nodes.die(take(SwarmWatch.Kind.DEATH), false);
      default -> {
        SwarmMember author = members.get(random.nextInt(members.size()));
        PeerId id = author.host().id();
        List<PeerId> others = byId.keySet().stream().filter(one -> !one.equals(id)).toList();
        watch.begin(SwarmWatch.Kind.CAST, id, others, network.nowNs());
        author.host().cast(KEY, CHANNEL, CAST);
      }
    }
  }

  private void comes(Host leaf) {
    watch.begin(SwarmWatch.Kind.JOIN, leaf.id(), byId.keySet(), network.nowNs());
    join(leaf);
  }

  private Host take(SwarmWatch.Kind kind) {
    SwarmMember member = members.remove(random.nextInt(members.size()));
    byId.remove(member.host().id());
    watch.onGone(member.host().id());
    PeerId id = member.host().id();
    // Who has not heard of its coming yet need not hear of its going.
    List<PeerId> knowing =
        members.stream()
            .filter(one -> one.known().contains(id))
            .map(one -> one.host().id())
            .toList();
    watch.begin(kind, id, knowing, network.nowNs());
    return member.host();
  }

  private long missing() {
    return members.stream()
        .flatMapToLong(
            member ->
                LongStream.of(
                    members.size()
                        - 1L
                        - member.known().stream().filter(byId::containsKey).count()))
        .sum();
  }

  private static double bytesPerS(Iterable<Host> hosts, double seconds) {
    long bytes = 0;
    long count = 0;
    for (Host host : hosts) {
      bytes += host.controlBytes;
      count++;
    }
    return count == 0 ? 0 : bytes / seconds / count;
  }
}
