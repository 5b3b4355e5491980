package org.peerrelay.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.bench.Contender.Purpose;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;

/** Our way of speaking to each server, against the server itself where it is installed. */
class ContendersTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int CLIENTS = 30;
  private static final int MESSAGES = 200;

  static List<Contender> contenders() {
    return Compare.contenders(ROOT);
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void deliversEveryMessageUnchanged(Contender contender, @TempDir Path folder) throws Exception {
    String missing = contender.missing().or(() -> Executables.missing("taskset", "")).orElse("");
    assumeTrue(missing.isEmpty(), missing);
    int port = ServerProcess.freePort();
    LoadReport report;
    try (ServerProcess server =
            ServerProcess.start(
                contender.command(port, folder, Purpose.LOAD), port, 0, folder.resolve("log"));
        LoadGenerator generator =
            LoadGenerator.connect(
                server.url(), contender.shape(server, CLIENTS, 1), CLIENTS, 1, 1)) {
      report =
          generator.run(
              new LoadRun(300, new Pace.Rate(1_000), Duration.ZERO, Duration.ofMillis(200)),
              phase -> {});
    }

    assertEquals(MESSAGES, report.sent(), report::toText);
    assertEquals(MESSAGES, report.delivered(), report::toText);
    assertEquals(0, report.corrupted() + report.duplicates(), report::toText);
  }
}
