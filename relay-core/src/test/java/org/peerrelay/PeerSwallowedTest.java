package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.overlay.ProbeConfig;
import org.peerrelay.testing.Changed;
import org.peerrelay.transport.SwallowingRelay;
import org.peerrelay.transport.TestPeer;

/** A relay that lives and passes nothing on is left; honest ones are not. */
class PeerSwallowedTest {
  /** Probes twenty times as fast as usual. */
  private static NodeConfig quick(NodeConfig config) {
    ProbeConfig slow = ProbeConfig.DEFAULT;
    ProbeConfig probes =
        Changed.in(
            slow,
            Map.of(
                "echoNs", slow.echoNs() / 20,
                "transitNs", slow.transitNs() / 20,
                "doubtNs", slow.doubtNs() / 20,
                "answerNs", TimeUnit.MILLISECONDS.toNanos(500)));
    OverlayConfig overlay = Changed.in(config.overlay(), Map.of("probes", probes));
    return Changed.in(config, Map.of("overlay", overlay));
  }

  private static long left(TestPeer peer) {
    return peer.peer().counters().closed().getOrDefault(CloseReason.NOT_FORWARDING, 0L);
  }

  @Test
  void aLeafLeavesItAndKeepsTheHonestOne() throws Exception {
    try (SwallowingRelay bad = new SwallowingRelay();
        TestPeer good = TestPeer.relay();
        TestPeer leaf =
            TestPeer.of(
                builder ->
                    builder
                        .node(quick(NodeConfig.LEAF))
                        .bootstrap(bad.url())
                        .bootstrap(good.url()))) {
      leaf.awaitLink(good);
      assertEquals(CloseReason.NOT_FORWARDING.code(), bad.closeCode());
      leaf.awaitLost(bad.id());
      assertEquals(CloseReason.NOT_FORWARDING.code(), bad.closeCode(), "refused from now on");
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
      assertEquals(1, leaf.linked().size());
      assertTrue(leaf.peer().isLinked(good.id()));
      leaf.assertReaches(good);
    }
  }

  @Test
  void aRelayLeavesItAndKeepsTheHonestOnes() throws IOException, InterruptedException {
    try (RelayMesh mesh = RelayMesh.of(4);
        SwallowingRelay bad = new SwallowingRelay();
        TestPeer judge =
            TestPeer.of(
                builder ->
                    builder
                        .node(quick(NodeConfig.RELAY))
                        .listen(TestPeer.anyPort())
                        .bootstrap(mesh.relay(0).url())
                        .bootstrap(bad.url()))) {
      judge.awaitLinked(bad.id());
      assertEquals(CloseReason.NOT_FORWARDING.code(), bad.closeCode());
      judge.awaitLost(bad.id());
      for (TestPeer honest : mesh.relays) {
        judge.awaitLinked(honest.id());
      }
      assertTrue(left(judge) >= 1);
      assertEquals(0, mesh.relays.stream().mapToLong(PeerSwallowedTest::left).sum());
    }
  }
}
