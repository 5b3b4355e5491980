package org.peerrelay.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.peerrelay.lab.chart.ChartFiles;
import org.peerrelay.lab.chart.SimulationCharts;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.Simulation;
import org.peerrelay.lab.simulation.SimulationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how a network of relays and peers would behave. */
@Command(
    name = "simulate",
    description = {
      "Simulates a network of relays and peers, and tells what arrives, how many relays it"
          + " passes, and what it costs. The nodes run the code of a real relay; time and links"
          + " are virtual. SIGINT ends it without a result."
    })
final class SimulateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final SimulateOptions options = new SimulateOptions();

  @Option(
      names = "--charts",
      paramLabel = "FOLDER",
      description = "Draws charts into this folder, as SVG and PNG.")
  private @Nullable String charts;

  @Mixin private final OutputOptions output = new OutputOptions();

  SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException {
    Scenario scenario = options.scenario();
    Path folder = charts == null ? null : folder(charts);
    try (StopSignal stop = new StopSignal()) {
      Results results = output.begin(console, stop::request);
      SimulationReport report = run(scenario, stop);
      if (report == null) {
        console.note("ended before all was simulated");
      } else {
        results.simulation(report);
      }
      ExitStatus written = results.finish();
      if (report != null && folder != null) {
        draw(report, folder);
      }
      return written.code();
    }
  }

  /** Null if the command has been told to end. */
  private @Nullable SimulationReport run(Scenario scenario, StopSignal stop) {
    try (SimulateProgress progress = new SimulateProgress(console, stop)) {
      return Simulation.run(scenario, progress::tell);
    } catch (CancellationException e) {
      return null;
    }
  }

  /** Before anything is simulated, since that may take long. */
  private static Path folder(String name) throws CommandFailedException {
    if (!ChartFiles.canDraw()) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "--charts: no fonts on this machine (expected: some, to draw with)");
    }
    try {
      return Files.createDirectories(Path.of(name));
    } catch (IOException | InvalidPathException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "--charts: '" + name + "' (expected: a folder to write into)", e);
    }
  }

  private void draw(SimulationReport report, Path folder) throws CommandFailedException {
    try {
      for (Path chart : SimulationCharts.write(report, folder)) {
        console.note("drew " + chart + ".svg and .png");
      }
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "--charts: " + e + " (expected: a folder to write into)", e);
    }
  }
}
