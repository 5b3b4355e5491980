package org.peerrelay.lab.scale;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.peerrelay.lab.simulation.PresenceReport;
import org.peerrelay.lab.simulation.PresenceScenario;
import org.peerrelay.lab.simulation.PresenceSimulation;

/**
 * Presence of many peers.
 *
 * @param name one word
 * @param heapGib how much heap it needs
 * @param scenario what is simulated
 */
record PresenceRow(String name, int heapGib, PresenceScenario scenario) implements Row {
  private static final double PERCENT = 100;

  @Override
  public Measured measure(Consumer<String> report, Consumer<String> progress) {
    PresenceReport found =
        PresenceSimulation.run(
            scenario,
            part ->
                progress.accept(
                    String.format(
                        Locale.ROOT, "%.0f %%, %,d peers", PERCENT * part, scenario.peers())));
    report.accept(found.toText());
    return new Measured(
        checks(found), scenario.seed(), found.performance().wallS(), found.performance().events());
  }

  static List<Check> checks(PresenceReport found) {
    return List.of(
        Check.atLeast("changes a second", 1, found.changes() / found.scenario().measureS(), ""),
        Check.atMost("a change reaches all, most", 5, found.reachedAllS().max(), "s")
            .withRemark(
                String.format(
                    Locale.ROOT,
                    "p50 %.2f, p99 %.2f; a single peer p50 %.2f, p99 %.2f",
                    found.reachedAllS().p50(),
                    found.reachedAllS().p99(),
                    found.reachedS().p50(),
                    found.reachedS().p99())),
        Check.atMost("changes that did not reach all", 0, (double) found.unreached(), ""),
        Check.atMost("sent by a peer, mean", 2, found.sentBytesPerS().mean() / 1_000, "kB/s")
            .withRemark(
                String.format(
                    Locale.ROOT,
                    "p99 %.2f, most %.2f",
                    found.sentBytesPerS().p99() / 1_000,
                    found.sentBytesPerS().max() / 1_000)),
        Check.atMost("graph nodes visited by a change, p50", 5, found.visited().p50(), ""),
        Check.atMost("graph nodes visited by a change, p99", 500, found.visited().p99(), "")
            .withRemark(String.format(Locale.ROOT, "most %.0f", found.visited().max())),
        Check.atMost("invariants broken", 0, found.violations().size(), ""));
  }
}
