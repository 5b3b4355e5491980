package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;

/** What servers may do on a WebSocket, and ours do not. */
class ClientConnectionTest {
  private static final int CLIENTS = 5;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsFragmentsAndCompressedMessagesAndAnswersPings(boolean compress) throws Exception {
    Random random = new Random(5);
    List<PeerId> ids = Stream.generate(() -> PeerId.random(random)).limit(CLIENTS).toList();
    LoadReport report;
    int pongs;
    try (ReflectingRelay relay = new ReflectingRelay();
        LoadGenerator generator =
            LoadGenerator.connect(relay.url(), new LegacyShape(ids, compress), CLIENTS, 1, 1)) {
      report =
          generator.run(
              new LoadRun(300, new Pace.Rate(500), Duration.ZERO, Duration.ofMillis(300)),
              phase -> {});
      pongs = relay.pongs();
    }

    assertTrue(report.delivered() > 0, report::toText);
    assertEquals(report.sent(), report.delivered(), report::toText);
    assertEquals(0, report.corrupted(), report::toText);
    // The run ends with the last message: on each connection a copy may still be on its way.
    assertTrue(report.strays() >= report.delivered() - CLIENTS, report::toText);
    assertTrue(pongs >= report.delivered(), "pongs: " + pongs);
  }
}
