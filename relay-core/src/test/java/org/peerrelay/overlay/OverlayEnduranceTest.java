package org.peerrelay.overlay;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Virtual hours of random events, after each of which {@link RandomWorld} checks what must hold.
 */
class OverlayEnduranceTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aRelaySurvivesNinetyMinutesOfAnything(long seed) {
    new RandomWorld(OverlayConfig.RELAY, seed).live(TimeUnit.MINUTES.toNanos(90));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4})
  void aLeafSurvivesNinetyMinutesOfAnything(long seed) {
    new RandomWorld(OverlayConfig.LEAF, seed).live(TimeUnit.MINUTES.toNanos(90));
  }
}
