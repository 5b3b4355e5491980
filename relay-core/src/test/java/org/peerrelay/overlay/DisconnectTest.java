package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Dial;

class DisconnectTest {
  private static final String URL = "ws://bootstrap.example";

  private final OverlayBench bench = new OverlayBench(OverlayConfig.LEAF, 12);

  @Test
  void theLinkIsClosedAndToldOfWhenItIsDown() {
    TestLink link = bench.leaf();
    bench.overlay.disconnect(link.peer(), bench.nowNs);
    assertEquals(List.of(new Close(link, CloseReason.DISCONNECTED)), bench.effects.takeCloses());
    assertEquals(List.of(), bench.effects.takeUnlinked());
    bench.down(link);
    assertEquals(List.of(link.peer()), bench.effects.takeUnlinked());
  }

  @Test
  void thereIsNothingToCloseWithAStranger() {
    bench.overlay.disconnect(bench.stranger(), bench.nowNs);
    assertEquals(List.of(), bench.effects.takeCloses());
  }

  @Test
  void aBootstrapUrlIsDialedAgain() {
    bench.overlay.bootstrap(URL, bench.nowNs);
    bench.tick();
    TestLink link = bench.linkTo(bench.stranger(), URL);
    assertTrue(bench.up(link));
    bench.effects.clear();
    bench.overlay.disconnect(link.peer(), bench.nowNs);
    bench.down(link);
    bench.tickFor(2 * bench.config.redialMinNs() + OverlayBench.TICK_NS);
    assertEquals(List.of(new Dial(URL, null)), bench.effects.takeDials());
  }
}
