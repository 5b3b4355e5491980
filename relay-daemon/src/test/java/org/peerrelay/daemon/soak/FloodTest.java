package org.peerrelay.daemon.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerrelay.lab.load.BinaryShape;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;

/**
 * One client that sends as fast as it can does not spoil the relay for others. Measured in turns,
 * with it and without, and compared by medians. {@code -Dsoak.seconds} says how long each turn is.
 */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.DAYS)
final class FloodTest {
  private static final int CLIENTS = 100;
  private static final int PER_S = 2_000;
  private static final int PAYLOAD_BYTES = 100;
  private static final int ROUNDS = 5;
  private static final int MAX_TIMES = 2;
  private static final Duration HEATING = Duration.ofSeconds(10);
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("soak.seconds", 10));
  private static final Pace.Rate PACE = new Pace.Rate(PER_S);

  private final List<Double> quiet = new ArrayList<>();
  private final List<Double> flooded = new ArrayList<>();

  @Test
  void oneFloodingClientHardlySlowsTheOthers() throws Exception {
    try (SoakDaemon daemon = SoakDaemon.start();
        LoadGenerator load =
            LoadGenerator.connect(daemon.url(), BinaryShape.fresh(CLIENTS), CLIENTS, 1, 1)) {
      load.run(
          new LoadRun(PAYLOAD_BYTES, new Pace.Window(CLIENTS), Duration.ZERO, HEATING),
          phase -> {});
      for (int i = 0; i < ROUNDS; i++) {
        quiet.add(p99Ms(load, "without flood"));
        try (Flooder flooder = Flooder.start(URI.create(daemon.url()))) {
          long startNs = System.nanoTime();
          flooded.add(p99Ms(load, "with flood"));
          double seconds = (System.nanoTime() - startNs) / 1e9;
          tell("carried of the flood: %,.0f messages a second", flooder.received() / seconds);
        }
      }
      double before = median(quiet);
      double after = median(flooded);
      tell("p99 %.2f ms without, %.2f ms with: %.2f times", before, after, after / before);
      assertTrue(after <= MAX_TIMES * before, "p99 with a flood");
      daemon.stop();
    }
  }

  private static double p99Ms(LoadGenerator load, String name) throws Exception {
    LoadReport report = load.run(new LoadRun(PAYLOAD_BYTES, PACE, SETTLING, MEASURED), phase -> {});
    tell(
        "%s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms; %d of %d lost, %d sent late",
        name,
        report.latencyMs(50),
        report.latencyMs(99),
        report.latencyMs(99.9),
        report.lost(),
        report.sent(),
        report.late());
    assertEquals(0, report.lost(), "lost");
    return report.latencyMs(99);
  }

  private static void tell(String text, Object... values) {
    System.out.println("soak: flood: " + String.format(Locale.ROOT, text, values));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
