package org.peerrelay.lab.load;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param seconds how long it measured; 0 if it was stopped before that
 * @param sent messages whose intended send time lay in that time
 * @param late how many of these went out over 5 ms after that time: then it is this machine that is
 *     too slow for the load, and not the relay
 * @param delivered how many of these arrived, counted once each
 * @param throughput messages of any time that arrived during it, a second
 * @param duplicates messages that arrived again, of the whole run, as all that follow
 * @param corrupted payloads that arrived changed
 * @param strays messages that arrived at a client that they were not for, as npm relays send them
 * @param blocked messages that no socket took, since its relay did not read or had closed it
 * @param connectionsLost connections that broke
 * @param latencyNs from the intended send time to arrival, of the delivered ones
 */
public record LoadReport(
    double seconds,
    long sent,
    long late,
    long delivered,
    double throughput,
    long duplicates,
    long corrupted,
    long strays,
    long blocked,
    long connectionsLost,
    Histogram latencyNs) {

  static LoadReport of(List<Tally> tallies) {
    double seconds = tallies.get(0).measuredNs() / 1e9;
    // An empty one of the same form.
    Histogram latencyNs = new Histogram(tallies.get(0).latencyNs());
    long arrivedMeanwhile = 0;
    for (Tally tally : tallies) {
      latencyNs.add(tally.latencyNs());
      arrivedMeanwhile += tally.arrivedMeanwhile();
    }
    return new LoadReport(
        seconds,
        tallies.stream().mapToLong(Tally::sent).sum(),
        tallies.stream().mapToLong(Tally::late).sum(),
        tallies.stream().mapToLong(Tally::delivered).sum(),
        seconds == 0 ? 0 : arrivedMeanwhile / seconds,
        tallies.stream().mapToLong(Tally::duplicates).sum(),
        tallies.stream().mapToLong(Tally::corrupted).sum(),
        tallies.stream().mapToLong(Tally::strays).sum(),
        tallies.stream().mapToLong(Tally::blocked).sum(),
        tallies.stream().mapToLong(Tally::connectionsLost).sum(),
        latencyNs);
  }

  /** How many of the sent messages did not arrive. */
  public long lost() {
    return sent - delivered;
  }

  private double lostPercent() {
    return sent == 0 ? 0 : 100.0 * lost() / sent;
  }

  /** How many messages arrived while it measured. */
  public long arrivedMeanwhile() {
    return Math.round(throughput * seconds);
  }

  /** The latency in milliseconds that {@code percentile} (0 to 100) of the messages kept. */
  public double latencyMs(double percentile) {
    return latencyNs.getValueAtPercentile(percentile) / 1e6;
  }

  /** A table for people, several lines. What relays should not do is in it only if it happened. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    row(text, "sent", sent, "");
    rowIfAny(text, "sent late", late);
    row(text, "delivered", delivered, String.format(Locale.ROOT, "%,14.0f a second", throughput));
    row(text, "lost", lost(), String.format(Locale.ROOT, "%14.3f %%", lostPercent()));
    row(text, "duplicates", duplicates, "");
    rowIfAny(text, "corrupted", corrupted);
    rowIfAny(text, "at other clients", strays);
    rowIfAny(text, "socket was full", blocked);
    rowIfAny(text, "connections lost", connectionsLost);
    text.append(
        String.format(
            Locale.ROOT,
            "latency in ms %9s %9s %9s %9s %9s%n              %9.2f %9.2f %9.2f %9.2f %9.2f%n",
            "p50",
            "p90",
            "p99",
            "p99.9",
            "max",
            latencyMs(50),
            latencyMs(90),
            latencyMs(99),
            latencyMs(99.9),
            latencyMs(100)));
    return text.toString();
  }

  private static void rowIfAny(StringBuilder text, String name, long count) {
    if (count > 0) {
      row(text, name, count, "");
    }
  }

  private static void row(StringBuilder text, String name, long count, String more) {
    text.append(String.format(Locale.ROOT, "%-16s %,16d%s%n", name, count, more));
  }
}
