package org.peerrelay.daemon.interop;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.daemon.npm.NeedsNpm;

/**
 * Whatever somebody sends to a daemon, it kills no npm peer that is linked there or beyond a second
 * daemon. Where one dies, the failure shows its error and the frame that it was handling.
 */
@NeedsNpm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileClientTest {
  private final Map<Integer, HostileScene> scenes = new HashMap<>();

  @AfterAll
  void close() {
    scenes.values().forEach(HostileScene::close);
  }

  static Stream<HostileDeed> deeds() {
    return Stream.of(HostileFrames.all(), HostileJson.all(), HostileContents.all())
        .flatMap(deeds -> deeds);
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void npmPeersAtTheSameDaemonLive(HostileDeed deed) {
    endure(1, deed);
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void npmPeersBeyondASecondDaemonLive(HostileDeed deed) {
    endure(2, deed);
  }

  /** A scene in which somebody died is of no use to the deeds that follow. */
  private void endure(int daemons, HostileDeed deed) {
    HostileScene scene = scenes.computeIfAbsent(daemons, HostileScene::new);
    try {
      scene.endure(deed);
    } catch (IOException | AssertionError e) {
      scenes.remove(daemons);
      AssertionError failure = new AssertionError(deed.name() + ": " + e.getMessage(), e);
      try {
        scene.close();
      } catch (AssertionError dead) {
        failure.addSuppressed(dead);
      }
      throw failure;
    }
  }
}
