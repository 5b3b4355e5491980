package org.peerrelay.bench.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;

class MqttShapeTest {
  private static final int CLIENTS = 5;
  private static final int MESSAGES = 150;

  @ParameterizedTest
  @ValueSource(ints = {28, 100, 1_024})
  void aBrokerOfSomebodyElseUnderstandsIt(int payloadBytes) throws Exception {
    LoadReport report;
    try (MqttBroker broker = new MqttBroker();
        LoadGenerator generator =
            LoadGenerator.connect(broker.url(), new MqttShape(), CLIENTS, 1, 1)) {
      report =
          generator.run(
              new LoadRun(
                  payloadBytes, new Pace.Rate(1_000), Duration.ZERO, Duration.ofMillis(150)),
              phase -> {});
    }

    assertEquals(MESSAGES, report.sent(), report::toText);
    assertEquals(MESSAGES, report.delivered(), report::toText);
    assertEquals(0, report.corrupted(), report::toText);
  }
}
