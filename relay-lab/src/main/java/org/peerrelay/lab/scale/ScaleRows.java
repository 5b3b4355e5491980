package org.peerrelay.lab.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.peerrelay.lab.simulation.Attack;
import org.peerrelay.lab.simulation.Deliveries;
import org.peerrelay.lab.simulation.Distribution;
import org.peerrelay.lab.simulation.Findings;
import org.peerrelay.lab.simulation.PresenceScenario;
import org.peerrelay.lab.simulation.Repair;
import org.peerrelay.lab.simulation.RoleState;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.SimulationReport;
import org.peerrelay.lab.simulation.Workload;

/** All that is to hold. The targets are those that were set before anything was measured. */
final class ScaleRows {
  /** How often a sender tries where relays are malicious. */
  private static final int TRIES = 8;

  private static final double PERCENT = 100;

  private static final List<ScaleRow> OVERLAY =
      List.of(
          million(),
          hundredThousand(),
          churn(),
          malicious("malicious-drop", Attack.Kind.DROP),
          malicious("malicious-lie", Attack.Kind.LIE),
          eclipse(),
          partition(),
          traffic(),
          npmFifty());

  private static final Row PRESENCE =
      new PresenceRow("presence", 6, PresenceScenario.large(10_000));

  private static final List<Row> ALL =
      Stream.<Row>concat(OVERLAY.stream(), Stream.of(PRESENCE)).toList();

  private ScaleRows() {}

  /** In the order in which they stand on the page. */
  static List<Row> all() {
    return ALL;
  }

  /** Those of the overlay. */
  static List<ScaleRow> overlay() {
    return OVERLAY;
  }

  static Optional<Row> of(String name) {
    return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  private static ScaleRow million() {
    return row(
        "million",
        12,
        findings ->
            List.of(
                Check.atLeast("messages sent", 1e6, sent(findings), ""),
                Check.delivered("delivered", 99.999, findings.first(), findings.told()),
                Check.atMost("first message: relays, mean", 7, findings.first().hops().mean(), ""),
                Check.atMost("first message: relays, most", 15, findings.first().hops().max(), ""),
                Check.atMost("once told: relays, mean", 4, findings.told().hops().mean(), ""),
                Check.atMost("once told: relays, most", 8, findings.told().hops().max(), ""),
                Check.atMost("first message: copies", 1, findings.first().copiesPerHop(), "a hop"),
                Check.atMost("once told: copies", 1, findings.told().copiesPerHop(), "a hop")),
        pairs(Scenario.stable(10_000, 1_000_000), 500_000));
  }

  private static ScaleRow hundredThousand() {
    return new ScaleRow(
        "hundred-thousand",
        20,
        List.of(
            pairs(Scenario.stable(10_000, 10_000), 20_000),
            pairs(Scenario.stable(100_000, 10_000), 20_000)),
        reports -> {
          Findings fewer = reports.get(0).findings();
          Findings more = reports.get(1).findings();
          return List.of(
              more("first message", fewer.first().hops(), more.first().hops()),
              more("once told", fewer.told().hops(), more.told().hops()),
              Check.delivered("delivered", 99.999, more.first(), more.told()),
              unbroken(reports));
        });
  }

  private static Check more(String what, Distribution fewer, Distribution more) {
    return Check.atMost(
            what + ": relays among 100,000, less those among 10,000, mean",
            0.9,
            more.mean() - fewer.mean(),
            "")
        .withRemark(text("%.3f less %.3f", more.mean(), fewer.mean()));
  }

  private static ScaleRow churn() {
    return row(
        "churn",
        12,
        findings ->
            List.of(
                Check.delivered("delivered", 99.5, findings.first(), findings.told()),
                Check.atMost(
                    "out of reach after a relay's death, p50",
                    3,
                    findings.repair().seconds().p50(),
                    "s"),
                unreachable(findings.repair())),
        pairs(Scenario.churn(2_000, 20_000), 20_000));
  }

  /** Who was given up is not in the distribution, so none may be. */
  private static Check unreachable(Repair repair) {
    Check p99 =
        Check.atMost("out of reach after a relay's death, p99", 30, repair.seconds().p99(), "s")
            .withRemark(
                text("of %,d, and %,d given up", repair.seconds().count(), repair.givenUp()));
    boolean all = repair.seconds().count() > 0 && repair.givenUp() == 0;
    return new Check(p99.what(), p99.target(), p99.found(), p99.holds() && all);
  }

  private static ScaleRow malicious(String name, Attack.Kind kind) {
    int relays = 1_000;
    Scenario single =
        pairs(Scenario.malicious(relays, 10_000), 5_000)
            .withAttack(new Attack(kind, relays / 5, 0));
    return new ScaleRow(
        name,
        12,
        List.of(single, single.withWorkload(single.workload().withTries(TRIES))),
        reports -> {
          Findings once = reports.get(0).findings();
          Findings often = reports.get(1).findings();
          return List.of(
              Check.delivered("delivered, one try", 90, once.first(), once.told()),
              tried(
                  Check.delivered("delivered, disjoint tries", 99, often.first(), often.told()),
                  often),
              unbroken(reports));
        });
  }

  private static Check tried(Check check, Findings findings) {
    Distribution tries = findings.first().tries();
    return check.withRemark(
        text(
            "tries of first messages: mean %.2f, p50 %.0f, p99 %.0f, most %.0f of %d;"
                + " within 1 %.2f %%, 2 %.2f %%, 4 %.2f %%",
            tries.mean(),
            tries.p50(),
            tries.p99(),
            tries.max(),
            TRIES,
            PERCENT * findings.first().rateWithin(1),
            PERCENT * findings.first().rateWithin(2),
            PERCENT * findings.first().rateWithin(4)));
  }

  private static ScaleRow eclipse() {
    Scenario scenario = pairs(Scenario.eclipse(10_000, 10_000), 2_500);
    return row(
        "eclipse",
        12,
        findings ->
            List.of(
                tried(
                    Check.delivered(
                        "delivered to the victim", 99, findings.first(), findings.told()),
                    findings)),
        scenario.withWorkload(scenario.workload().withTries(TRIES)));
  }

  private static ScaleRow partition() {
    return row(
        "partition",
        12,
        findings -> List.of(Check.atMost("last loss after healing", 60, findings.healedS(), "s")),
        pairs(Scenario.partition(1_000, 10_000), 48_000));
  }

  /** Leaves keep up to four links, so there are a quarter as many as are to be attached. */
  private static ScaleRow traffic() {
    Scenario scenario = Scenario.stable(10_000, 250_000).withWorkload(Workload.NONE);
    return row(
        "traffic",
        12,
        findings -> {
          RoleState relays = findings.relays().state();
          Distribution bytes = findings.relays().traffic().controlBytesPerS();
          return List.of(
              Check.atLeast(
                  "leaves attached to a relay, mean",
                  100,
                  relays.links().mean() - relays.relayLinks().mean(),
                  ""),
              Check.atMost("a relay's control traffic, mean", 1.5, bytes.mean() / 1_000, "kB/s")
                  .withRemark(
                      text("p99 %.2f, most %.2f", bytes.p99() / 1_000, bytes.max() / 1_000)));
        },
        scenario.withSchedule(scenario.schedule().withSettleS(600).withMeasureS(600)));
  }

  /** Targets are the best that the npm package's peers have been seen to do, in three runs. */
  private static ScaleRow npmFifty() {
    return row(
        "npm-fifty",
        12,
        findings -> {
          Deliveries first = findings.first();
          double again = (double) first.again() / Math.max(1, first.delivered());
          return List.of(
              Check.delivered("delivered", 100, first, findings.told())
                  .withRemark("npm 71, 88 and 100 %"),
              Check.atMost("frames for each first message", 9.7, frames(first), "")
                  .withRemark("npm 9.7 to 12.2"),
              Check.atMost("frames for each once told", 9.7, frames(findings.told()), ""),
              Check.atMost("surplus at the target", 0, again, "a message").withRemark("npm 2.8"));
        },
        pairs(Scenario.stable(50, 50), 500));
  }

  private static double frames(Deliveries deliveries) {
    return deliveries.copiesPerHop() * (deliveries.hops().mean() + 1);
  }

  private static double sent(Findings findings) {
    return (double) findings.first().sent() + findings.told().sent();
  }

  private static Scenario pairs(Scenario scenario, int pairs) {
    return scenario.withWorkload(Workload.DEFAULT.withPairs(pairs));
  }

  private interface Judge {
    List<Check> of(Findings findings);
  }

  /** A row with one scenario. */
  private static ScaleRow row(String name, int heapGib, Judge judge, Scenario scenario) {
    return new ScaleRow(
        name,
        heapGib,
        List.of(scenario),
        reports -> {
          List<Check> checks = new ArrayList<>(judge.of(reports.get(0).findings()));
          checks.add(unbroken(reports));
          return checks;
        });
  }

  private static Check unbroken(List<SimulationReport> reports) {
    long broken = reports.stream().mapToLong(report -> report.findings().violations().size()).sum();
    return Check.atMost("invariants broken", 0, (double) broken, "");
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
