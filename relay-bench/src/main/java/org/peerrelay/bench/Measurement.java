package org.peerrelay.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one cell came to on one server, or the medians of some runs of it.
 *
 * @param cpuUs CPU time of the server for each delivered message, in microseconds
 * @param serverLoad how much of its core the server used, 0 to 1
 * @param generatorLoad how much of its core the generator used; near 1 it was the bottleneck
 * @param throughput delivered messages a second
 * @param lostShare how many of the messages sent did not arrive, 0 to 1
 * @param faults duplicates, corrupted messages and lost connections
 */
record Measurement(
    double cpuUs,
    double serverLoad,
    double generatorLoad,
    double throughput,
    double lostShare,
    double faults,
    double p50Ms,
    double p99Ms,
    double p999Ms) {

  static Measurement median(List<Measurement> runs) {
    return new Measurement(
        median(runs, Measurement::cpuUs),
        median(runs, Measurement::serverLoad),
        median(runs, Measurement::generatorLoad),
        median(runs, Measurement::throughput),
        median(runs, Measurement::lostShare),
        median(runs, Measurement::faults),
        median(runs, Measurement::p50Ms),
        median(runs, Measurement::p99Ms),
        median(runs, Measurement::p999Ms));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f us, %.0f %% of its core, %.0f %% of the generator's, %,.0f a second, %.2f %% lost,"
            + " %.0f faults, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
        cpuUs,
        100 * serverLoad,
        100 * generatorLoad,
        throughput,
        100 * lostShare,
        faults,
        p50Ms,
        p99Ms,
        p999Ms);
  }

  private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> value) {
    return Medians.of(runs.stream().mapToDouble(value).toArray());
  }
}
