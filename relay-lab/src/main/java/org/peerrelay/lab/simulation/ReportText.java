package org.peerrelay.lab.simulation;

import java.util.Locale;
import java.util.SortedMap;

/** A report in words and numbers for people. */
final class ReportText {
  private final StringBuilder text = new StringBuilder();

  ReportText(SimulationReport report) {
    Findings findings = report.findings();
    Population population = report.scenario().population();
    line(
        "%,d relays, %,d leaves, %,d legacy peers, seed %d",
        population.relays(), population.leaves(), population.legacy(), report.scenario().seed());
    deliveries("first datagrams", findings.first());
    deliveries("once told", findings.told());
    if (findings.repair().seconds().count() + findings.repair().givenUp() > 0) {
      distribution("out of reach, s", findings.repair().seconds());
      line("  never reached  %,d", findings.repair().givenUp());
    }
    if (report.scenario().partition().lengthS() > 0) {
      line("healed after     %.1f s", findings.healedS());
    }
    role("relay", findings.relays());
    role("leaf", findings.leaves());
    role("legacy peer", findings.legacy());
    counts("dropped", findings.drops());
    counts("lost on links", findings.wireLosses());
    line("deaths           %,d", findings.deaths());
    line("violations       %,d", findings.violations().size());
    findings.violations().forEach(violation -> line("  %s", violation));
    Performance performance = report.performance();
    line(
        "%,d events in %.1f s, %,.0f a second; %,d MB of heap",
        performance.events(),
        performance.wallS(),
        performance.eventsPerS(),
        performance.heapBytes() >> 20);
  }

  private void deliveries(String name, Deliveries deliveries) {
    if (deliveries.sent() == 0) {
      return;
    }
    line(
        "%-16s %,d of %,d arrived, %.4f %%; %,d more than once; %.2f copies per hop",
        name,
        deliveries.delivered(),
        deliveries.sent(),
        100 * deliveries.rate(),
        deliveries.again(),
        deliveries.copiesPerHop());
    distribution("  relays passed", deliveries.hops());
    distribution("  latency, ms", deliveries.latencyMs());
    distribution("  stretch", deliveries.stretch());
    if (deliveries.tries().max() > 1) {
      distribution("  tries", deliveries.tries());
      counts("  arrived at try", deliveries.atTry());
    }
    counts("  lost", deliveries.lost());
  }

  private void role(String name, RoleFindings role) {
    if (role.state().nodes() == 0) {
      return;
    }
    line("each %s of %,d", name, role.state().nodes());
    distribution("  links", role.state().links());
    distribution("  to relays", role.state().relayLinks());
    distribution("  pointers held", role.state().pointersHeld());
    distribution("  control, B/s", role.traffic().controlBytesPerS());
  }

  private void counts(String name, SortedMap<?, Long> counts) {
    if (!counts.isEmpty()) {
      line("%-16s %s", name, counts);
    }
  }

  private void distribution(String name, Distribution values) {
    line(
        "%-16s mean %9.2f  p50 %9.2f  p99 %9.2f  max %9.2f",
        name, values.mean(), values.p50(), values.p99(), values.max());
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
