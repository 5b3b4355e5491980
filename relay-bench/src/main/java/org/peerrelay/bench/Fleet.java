package org.peerrelay.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.lab.load.LoadFailedException;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.Phase;

/**
 * Servers that are up at once on their core, each with its clients. They are loaded in turns, never
 * two at a time: so whatever the machine does meanwhile hits all alike. One thread.
 */
final class Fleet implements AutoCloseable {
  private static final class Member {
    final Contender contender;
    final ServerProcess server;
    final LoadGenerator generator;

    /** How many messages a second it can carry, as far as is known. */
    double capacity = Double.MAX_VALUE;

    Member(Contender contender, ServerProcess server, LoadGenerator generator) {
      this.contender = contender;
      this.server = server;
      this.generator = generator;
    }

    void close() {
      generator.close();
      server.close();
    }
  }

  private final ComparePlan plan;
  private final Attempts attempts;
  private final List<Member> members = new ArrayList<>();

  Fleet(ComparePlan plan, Attempts attempts) {
    this.plan = plan;
    this.attempts = attempts;
  }

  /** Adds a server that is up, with its clients. They are this fleet's to close. */
  void add(Contender contender, ServerProcess server, LoadGenerator generator) {
    members.add(new Member(contender, server, generator));
  }

  /** Loads each as long as compilers need. */
  void heat() throws InterruptedException {
    for (Member member : List.copyOf(members)) {
      each(member, () -> heat(member));
    }
  }

  private void heat(Member member) throws InterruptedException, LoadFailedException {
    long arrived = 0;
    for (int i = 0; i < plan.heatingRuns() && arrived < ComparePlan.HEATING_MESSAGES; i++) {
      LoadReport report = member.generator.run(ComparePlan.heatingRun(), phase -> {});
      arrived += report.arrivedMeanwhile();
      member.capacity = report.throughput();
    }
  }

  /** Measures a cell, as often as the plan says, on all that can keep up with it. */
  void measure(Cell cell, BiConsumer<Contender, Measurement> measured) throws InterruptedException {
    for (int turn = 0; turn < plan.turns(cell); turn++) {
      List<Member> order = new ArrayList<>(members);
      if (turn % 2 == 1) {
        Collections.reverse(order); // so that nobody always follows the same one
      }
      for (Member member : order) {
        if (cell.ratePerSecond() < member.capacity) {
          each(member, () -> measured.accept(member.contender, measure(member, cell)));
        }
      }
    }
  }

  private Measurement measure(Member member, Cell cell)
      throws LoadFailedException, InterruptedException {
    CpuWatch watch = new CpuWatch(member.server);
    LoadReport report =
        member.generator.run(
            plan.run(cell),
            phase -> {
              if (phase == Phase.MEASURING) {
                watch.begin();
              } else {
                watch.end();
              }
            });
    if (cell.isFlatOut()) {
      member.capacity = Math.min(member.capacity, report.throughput());
    }
    return new Measurement(
        watch.serverNs() / 1e3 / Math.max(1, report.arrivedMeanwhile()),
        watch.serverNs() / 1e9 / report.seconds(),
        watch.generatorNs() / 1e9 / report.seconds(),
        report.throughput(),
        (double) report.lost() / Math.max(1, report.sent()),
        report.duplicates() + report.corrupted() + report.connectionsLost(),
        report.latencyMs(50),
        report.latencyMs(99),
        report.latencyMs(99.9));
  }

  private void each(Member member, Attempts.Step step) throws InterruptedException {
    if (!attempts.succeeds(member.contender, step)) {
      members.remove(member);
      member.close();
    }
  }

  @Override
  public void close() {
    members.forEach(Member::close);
    members.clear();
  }
}
