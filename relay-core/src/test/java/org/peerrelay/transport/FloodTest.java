package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Refusal;

/** More connections than a relay takes. */
class FloodTest {
  private static final int MAX_LINKS = 10;

  private final Random random = new Random(8);

  private static ConnectionLimits fewLinks() {
    return ConnectionLimits.DEFAULT.withMaxConnections(MAX_LINKS);
  }

  @Test
  void connectionsBeyondTheBoundAreClosedAndTheOthersWork() throws IOException {
    try (RelayBench bench = new RelayBench(builder -> builder.limits(FloodTest::fewLinks))) {
      List<RawClient> held = new ArrayList<>();
      // The two good peers hold two.
      for (int i = 2; i < MAX_LINKS; i++) {
        held.add(bench.link(PeerId.random(random)));
      }
      for (int i = 0; i < 100; i++) {
        try (RawClient refused = bench.connect()) {
          assertNull(refused.read());
        }
      }
      assertEquals(100, bench.closed(CloseReason.FULL));
      assertEquals(100, bench.refused(Refusal.CONNECTIONS_FULL));
      bench.assertRelays();
      for (RawClient client : held) {
        client.close();
      }
    }
  }

  @Test
  void whoHasLeftMakesRoomForOthers() throws IOException {
    try (RelayBench bench = new RelayBench(builder -> builder.limits(FloodTest::fewLinks))) {
      for (int round = 0; round < 5; round++) {
        List<RawClient> held = new ArrayList<>();
        for (int i = 2; i < MAX_LINKS; i++) {
          held.add(bench.link(PeerId.random(random)));
        }
        for (RawClient client : held) {
          client.close();
        }
        bench.relay.awaitLinks(2);
      }
      assertEquals(0, bench.closed(CloseReason.FULL));
      bench.assertRelays();
    }
  }
}
