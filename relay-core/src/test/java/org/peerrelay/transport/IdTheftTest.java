package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.testing.Changed;

/** Who gets an id that two claim. In the legacy protocol nobody can prove one. */
class IdTheftTest {
  private static final long PROBE_MS = 300;

  private final Random random = new Random(6);

  private static NodeConfig quickProbes() {
    OverlayConfig overlay =
        Changed.in(OverlayConfig.RELAY, Map.of("probeNs", TimeUnit.MILLISECONDS.toNanos(PROBE_MS)));
    return Changed.in(NodeConfig.RELAY, Map.of("overlay", overlay));
  }

  @Test
  void whoClaimsTheIdOfALiveLinkIsRefusedAndTheVictimKeepsReceiving() throws IOException {
    try (RelayBench bench = new RelayBench()) {
      for (int i = 0; i < 20; i++) {
        try (RawClient thief = bench.webSocket()) {
          thief.hello(bench.bob.id());
          thief.text(Datagrams.user(bench.bob.id(), bench.alice.id(), "\"stolen\""));
          assertEquals(4001, thief.readCloseCode());
        }
        bench.assertRelays();
      }
      assertEquals(20, bench.closed(CloseReason.DUPLICATE_ID));
      assertEquals(0, bench.alice.waiting(), "messages of the thief");
    }
  }

  @Test
  void aThiefWhoPersistsDoesNotTakeTheIdFromALinkThatAnswersPings() throws IOException {
    try (RelayBench bench = new RelayBench(builder -> builder.node(quickProbes()))) {
      long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(4 * PROBE_MS);
      while (System.nanoTime() - endNs < 0) {
        try (RawClient thief = bench.webSocket()) {
          thief.hello(bench.bob.id());
          assertEquals(4001, thief.readCloseCode());
        }
      }
      bench.assertRelays();
      assertEquals(0, bench.closed(CloseReason.SILENT));
    }
  }

  @Test
  void anIdWhoseLinkDiedInSilenceIsFreeOnceTheProbeIsNotAnswered() throws IOException {
    try (RelayBench bench = new RelayBench(builder -> builder.node(quickProbes()))) {
      PeerId id = PeerId.random(random);
      try (RawClient silent = bench.link(id);
          RawClient early = bench.webSocket()) {
        early.hello(id);
        assertEquals(4001, early.readCloseCode());
        bench.relay.awaitLost(id);
        assertEquals(4003, silent.readCloseCode());
        assertEquals(1, bench.closed(CloseReason.SILENT));
      }
      try (RawClient back = bench.link(id)) {
        bench.alice.peer().send(id, Payload.json("1"));
        assertTrue(back.readUser().contains("\"data\":1"));
      }
      bench.assertRelays();
    }
  }
}
