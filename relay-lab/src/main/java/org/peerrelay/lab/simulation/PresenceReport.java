package org.peerrelay.lab.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of a simulated presence.
 *
 * @param scenario what was simulated
 * @param settledS after how many seconds all peers had the same records; negative if they never had
 * @param changes how many records were published while it was measured
 * @param reachedS seconds from a change to its coming to each peer
 * @param reachedAllS seconds from a change to its coming to the last peer
 * @param unreached how many changes did not come to everybody
 * @param sentBytesPerS what each peer sent while it was measured, with all heads
 * @param sentBytes the same of all peers together, by kind of frame
 * @param links how many links each peer has
 * @param visited how many nodes of a graph were looked at for each change while it was measured
 * @param violations what must not be, and was
 * @param performance what the run cost
 */
public record PresenceReport(
    PresenceScenario scenario,
    double settledS,
    long changes,
    Distribution reachedS,
    Distribution reachedAllS,
    long unreached,
    Distribution sentBytesPerS,
    Map<String, Long> sentBytes,
    Distribution links,
    Distribution visited,
    List<String> violations,
    Performance performance) {
  /** Copies the map and the list. */
  public PresenceReport {
    sentBytes = Map.copyOf(sentBytes);
    violations = List.copyOf(violations);
  }

  /** All but what the run cost, which is another each time. */
  public PresenceReport withoutPerformance() {
    return new PresenceReport(
        scenario,
        settledS,
        changes,
        reachedS,
        reachedAllS,
        unreached,
        sentBytesPerS,
        sentBytes,
        links,
        visited,
        violations,
        new Performance(0, 0, 0));
  }

  /** For a reader. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d peers, seed %d; settled after %.1f s; %,d changes, %,d of which not everywhere%n",
            scenario.peers(),
            scenario.seed(),
            settledS,
            changes,
            unreached));
    line(text, "a change reaches a peer, s", reachedS);
    line(text, "a change reaches all, s", reachedAllS);
    line(text, "sent by a peer, B/s", sentBytesPerS);
    line(text, "links of a peer", links);
    line(text, "nodes visited by a change", visited);
    sentBytes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            kind ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %s: %.1f B/s%n",
                        kind.getKey(),
                        kind.getValue() / scenario.measureS() / scenario.peers())));
    violations.forEach(violation -> text.append("violation: ").append(violation).append('\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "%.0f s, %,d events, %,d MiB of heap",
            performance.wallS(),
            performance.events(),
            performance.heapBytes() >> 20));
    return text.toString();
  }

  private static void line(StringBuilder text, String what, Distribution values) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s: mean %.2f, p50 %.2f, p99 %.2f, most %.2f%n",
            what,
            values.mean(),
            values.p50(),
            values.p99(),
            values.max()));
  }
}
