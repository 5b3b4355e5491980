package org.peerrelay.daemon;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.peerrelay.lab.simulation.SimulationProgress;

/**
 * Tells on a terminal how far a simulation has come, in one line that is written over again, and
 * ends the simulation when the command is to end. Where no terminal is, it tells nothing.
 */
final class SimulateProgress implements AutoCloseable {
  private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int BAR_WIDTH = 24;

  /** Back to the first column, and nothing behind. */
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Console console;
  private final StopSignal stop;
  private final boolean terminal;
  private final long startNs = System.nanoTime();
  private long toldNs = startNs;
  private boolean onScreen;

  SimulateProgress(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
    this.terminal = console.isTerminal();
  }

  /**
   * Tells it, if there is somebody to tell.
   *
   * @throws CancellationException if the command is to end
   */
  void tell(SimulationProgress progress) {
    long nowNs = System.nanoTime();
    if (stop.isRequested()) {
      throw new CancellationException("the command is to end");
    }
    if (terminal && nowNs - toldNs >= PERIOD_NS) {
      toldNs = nowNs;
      onScreen = true;
      console.err().print(CLEAR_LINE + line(progress, (nowNs - startNs) / 1e9));
      console.err().flush();
    }
  }

  /** Under 80 characters. */
  static String line(SimulationProgress progress, double wallS) {
    int done = (int) (BAR_WIDTH * progress.part());
    double leftS = wallS / progress.part() - wallS;
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %% %s, %,.0f s simulated, %,.0f s left",
        "#".repeat(done),
        "-".repeat(BAR_WIDTH - done),
        100 * progress.part(),
        progress.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        progress.simulatedS(),
        leftS);
  }

  /** Leaves no trace of it. */
  @Override
  public void close() {
    if (onScreen) {
      console.err().print(CLEAR_LINE);
      console.err().flush();
    }
  }
}
