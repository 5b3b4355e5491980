package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Failed;

class OverlayCloseTest {
  private static final String URL = "ws://they.example:8000";

  private final OverlayBench bench = new OverlayBench(OverlayConfig.RELAY, 11);
  private final RecordingEffects effects = bench.effects;

  @Test
  void allLinksAreClosed() {
    TestLink leaf = bench.leaf();
    TestLink relay = bench.relay();
    bench.overlay.close();
    assertEquals(
        Set.of(new Close(leaf, CloseReason.GOING_AWAY), new Close(relay, CloseReason.GOING_AWAY)),
        Set.copyOf(effects.takeCloses()));
    bench.down(leaf);
    bench.down(relay);
    assertEquals(List.of(leaf.peer(), relay.peer()), effects.takeUnlinked());
  }

  @Test
  void offersThatAreOutFailAsClosed() {
    PeerId offered = bench.stranger();
    PeerId dialed = bench.stranger();
    bench.overlay.connect(offered, bench.nowNs);
    bench.overlay.connect(dialed, bench.nowNs);
    bench.answers(dialed, URL);
    bench.overlay.close();
    assertEquals(
        Set.of(
            new Failed(offered, ConnectFailure.CLOSED), new Failed(dialed, ConnectFailure.CLOSED)),
        Set.copyOf(effects.takeFailures()));
    bench.overlay.onDialFailed(URL, dialed, ConnectFailure.DIAL_FAILED, bench.nowNs);
    assertEquals(List.of(), effects.takeFailures(), "told twice");
  }

  @Test
  void connectingFailsAtOnceAfterwards() {
    bench.overlay.close();
    PeerId peer = bench.stranger();
    bench.overlay.connect(peer, bench.nowNs);
    assertEquals(List.of(new Failed(peer, ConnectFailure.CLOSED)), effects.takeFailures());
    assertEquals(List.of(), effects.takeSends());
  }

  @Test
  void aLinkThatWasBeingMadeIsClosedWhenItComes() {
    bench.overlay.close();
    TestLink late = bench.linkFrom(bench.stranger());
    assertFalse(bench.up(late));
    assertEquals(List.of(new Close(late, CloseReason.GOING_AWAY)), effects.takeCloses());
    bench.down(late);
    assertEquals(List.of(), effects.takeLinked());
    assertEquals(List.of(), effects.takeUnlinked());
  }

  @Test
  void nothingThatIsStillSaidMakesItSendOrDial() {
    TestLink relay = bench.relay();
    PeerId peer = bench.stranger();
    bench.overlay.connect(peer, bench.nowNs);
    bench.overlay.close();
    effects.clear();
    bench.says(relay, new Message.FoundPeers(List.of(bench.stranger())));
    bench.says(relay, new Message.FindPeers(bench.stranger()));
    bench.says(bench.stranger(), new Message.HandshakeOffer());
    bench.answers(peer, URL);
    assertEquals(List.of(), effects.takeSends());
    assertEquals(List.of(), effects.takeDials());
  }
}
