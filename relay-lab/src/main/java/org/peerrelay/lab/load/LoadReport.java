package org.peerrelay.lab.load;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param seconds how long it measured
 * @param sent messages whose intended send time lay in that time
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
    long delivered,
    double throughput,
    long duplicates,
    long corrupted,
    long strays,
    long blocked,
    long connectionsLost,
    Histogram latencyNs) {

  static LoadReport of(List<Tally> tallies, double seconds) {
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
        tallies.stream().mapToLong(Tally::delivered).sum(),
        arrivedMeanwhile / seconds,
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

  /** How many messages arrived while it measured. */
  public long arrivedMeanwhile() {
    return Math.round(throughput * seconds);
  }

  /** The latency in milliseconds that {@code percentile} (0 to 100) of the messages kept. */
  public double latencyMs(double percentile) {
    return latencyNs.getValueAtPercentile(percentile) / 1e6;
  }

  /** One JSON object on one line. */
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"seconds\":%.3f,\"sent\":%d,\"delivered\":%d,\"lost\":%d,\"duplicates\":%d,"
            + "\"corrupted\":%d,\"strays\":%d,\"blocked\":%d,\"connectionsLost\":%d,"
            + "\"throughputPerSecond\":%.1f,"
            + "\"latencyMs\":{\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p99.9\":%.3f,\"max\":%.3f}}",
        seconds,
        sent,
        delivered,
        lost(),
        duplicates,
        corrupted,
        strays,
        blocked,
        connectionsLost,
        throughput,
        latencyMs(50),
        latencyMs(90),
        latencyMs(99),
        latencyMs(99.9),
        latencyMs(100));
  }

  /** Some lines for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "delivered  %,d of %,d in %.1f s (%.3f %% lost), %,.0f a second%n"
            + "wrong      %,d duplicates, %,d corrupted, %,d at others, %,d not taken by a socket,"
            + " %,d connections lost%n"
            + "latency    p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms%n",
        delivered,
        sent,
        seconds,
        sent == 0 ? 0 : 100.0 * lost() / sent,
        throughput,
        duplicates,
        corrupted,
        strays,
        blocked,
        connectionsLost,
        latencyMs(50),
        latencyMs(90),
        latencyMs(99),
        latencyMs(99.9),
        latencyMs(100));
  }
}
