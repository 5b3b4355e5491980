package org.peerrelay.daemon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;

/** That Prometheus' own tool, where it is installed, finds no fault with the metrics. */
class PromtoolTest {
  private static String check(String metrics) throws InterruptedException {
    Process promtool;
    try {
      promtool =
          new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
      try (OutputStream in = promtool.getOutputStream()) {
        in.write(metrics.getBytes(UTF_8));
      }
      String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
      return promtool.waitFor() + " " + said;
    } catch (IOException e) {
      assumeTrue(false, "promtool: not found (apt-get install prometheus)");
      throw new AssertionError(e);
    }
  }

  @Test
  void itFindsNoFault() throws Exception {
    try (AdminScene scene = new AdminScene().attach();
        Peer leaf = scene.leaf()) {
      scene.get("/nowhere");
      assertEquals("0 ", check(scene.get("/metrics").body()), () -> leaf.id().hex());
    }
  }
}
