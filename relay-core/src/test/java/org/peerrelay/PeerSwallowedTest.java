package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.overlay.ProbeConfig;
import org.peerrelay.transport.SwallowingRelay;
import org.peerrelay.transport.TestPeer;

/** A relay that lives and passes nothing on is left; honest ones are not. */
class PeerSwallowedTest {
  /** Probes twenty times as fast as usual. */
  private static NodeConfig quick(NodeConfig config) {
    ProbeConfig slow = ProbeConfig.DEFAULT;
    ProbeConfig probes =
        new ProbeConfig(
            slow.echoNs() / 20,
            slow.maxLostEchoes(),
            slow.transitNs() / 20,
            slow.doubtNs() / 20,
            slow.minTargets(),
            slow.maxTargets(),
            slow.nearTargets(),
            TimeUnit.MILLISECONDS.toNanos(500),
            slow.distrustNs(),
            slow.maxDistrusted());
    OverlayConfig overlay = config.overlay();
    return new NodeConfig(
        config.router(),
        new OverlayConfig(
            overlay.relayLinks(),
            overlay.redialMinNs(),
            overlay.redialMaxNs(),
            overlay.handshakeNs(),
            overlay.avoidNs(),
            overlay.maxAvoided(),
            overlay.maxCandidates(),
            overlay.pingAfterNs(),
            overlay.deadAfterNs(),
            overlay.probeNs(),
            overlay.crossingNs(),
            overlay.replaceNs(),
            overlay.maxProven(),
            overlay.refreshNs(),
            overlay.pointers(),
            probes,
            overlay.known(),
            overlay.table()),
        config.waitingBytes(),
        config.waitingNs());
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
