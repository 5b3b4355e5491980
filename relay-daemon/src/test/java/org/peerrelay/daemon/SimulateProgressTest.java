package org.peerrelay.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.peerrelay.lab.simulation.SimulationProgress;
import org.peerrelay.lab.simulation.SimulationProgress.Phase;

class SimulateProgressTest {
  private static final SimulationProgress HALF =
      new SimulationProgress(Phase.RUNNING_ON, 0.5, 1_234.5, 100_000, 1_000_000, 1L << 40);

  @Test
  void theLineTellsWhatIsLeft() {
    assertEquals(
        "[############------------]  50 % running on, 1,235 s simulated, 60 s left",
        SimulateProgress.line(HALF, 60));
  }

  @Test
  void aCommandThatIsToEndEndsTheSimulation() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new PrintStream(err, true, UTF_8),
            Map.of());
    try (StopSignal stop = new StopSignal();
        SimulateProgress progress = new SimulateProgress(console, stop)) {
      progress.tell(HALF);
      stop.request();
      assertThrows(CancellationException.class, () -> progress.tell(HALF));
    }
    assertEquals("", err.toString(UTF_8), "no terminal, no progress");
  }
}
