package org.peerrelay.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.bench.shape.RawShape;
import org.peerrelay.id.PeerId;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;

@EnabledOnOs(OS.LINUX)
class BareForwarderTest {
  private static final int CLIENTS = 10;
  private static final int MESSAGES = 200;

  @ParameterizedTest
  @CsvSource({"true,100", "false,100", "true,126", "false,1024", "true,20000"})
  void forwardsEverythingUnchanged(boolean gathers, int payloadBytes) throws Exception {
    Random random = new Random(2);
    List<PeerId> ids = Stream.generate(() -> PeerId.random(random)).limit(CLIENTS).toList();
    LoadReport report;
    try (BareForwarder forwarder = BareForwarder.start(0, gathers);
        LoadGenerator generator =
            LoadGenerator.connect(
                "ws://127.0.0.1:" + forwarder.port(), new RawShape(ids), CLIENTS, 1, 3)) {
      report =
          generator.run(
              new LoadRun(
                  payloadBytes, new Pace.Rate(1_000), Duration.ZERO, Duration.ofMillis(200)),
              phase -> {});
    }

    assertEquals(MESSAGES, report.sent(), report::toText);
    assertEquals(MESSAGES, report.delivered(), report::toText);
    assertEquals(0, report.corrupted() + report.duplicates(), report::toText);
  }
}
