package org.peerrelay.daemon;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.peerrelay.lab.load.LoadFailedException;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.transport.WebSocketUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts load on a relay, and tells what the relay made of it. */
@Command(
    name = "bench",
    description = {
      "Measures a relay: connects clients, has them send messages to one another, each from one"
          + " to another at random, and counts what arrives. Latency counts from the time at"
          + " which a message was to be sent. SIGINT ends it early."
    })
final class BenchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "URL",
      arity = "1",
      description = "The relay, as ws://HOST:PORT or wss://HOST.")
  private String url = "";

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final TrustOption trust = new TrustOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, InterruptedException {
    Url.check(List.of(url));
    LoadRun run = options.run();
    try (StopSignal stop = new StopSignal()) {
      Results results = output.begin(console, stop::request);
      try (LoadGenerator generator = generator();
          BenchProgress progress = new BenchProgress(console, stop, generator, options.clients())) {
        progress.begin();
        if (connect(generator, stop)) {
          measure(generator, run, results);
        }
        return results.finish().code();
      }
    }
  }

  private LoadGenerator generator() throws CommandFailedException {
    note("connecting %,d clients to %s", options.clients(), WebSocketUrl.withoutToken(url));
    try {
      return LoadGenerator.of(
          url,
          trust.trust(),
          options.protocol().shape(options.clients()),
          options.clients(),
          1,
          System.nanoTime());
    } catch (LoadFailedException e) {
      throw noLink(e);
    }
  }

  /** Tells whether all clients are connected; if not, the command has been told to end. */
  private boolean connect(LoadGenerator generator, StopSignal stop)
      throws CommandFailedException, InterruptedException {
    try {
      generator.connect();
      return true;
    } catch (LoadFailedException e) {
      if (stop.await(0)) {
        note("ended before all clients were connected");
        return false;
      }
      throw noLink(e);
    }
  }

  private CommandFailedException noLink(LoadFailedException e) {
    return new CommandFailedException(
        ExitStatus.NO_LINK, WebSocketUrl.withoutToken(url) + ": " + e.getMessage(), e);
  }

  private void measure(LoadGenerator generator, LoadRun run, Results results)
      throws CommandFailedException, InterruptedException {
    note("connected; %s, for %d s", BenchResult.words(run), run.measured().toSeconds());
    try {
      LoadReport report = generator.run(run, phase -> {});
      if (report.seconds() > 0) {
        results.bench(
            new BenchResult(
                WebSocketUrl.withoutToken(url),
                options.protocol(),
                options.clients(),
                run,
                report));
      } else {
        note("ended before anything was measured");
      }
    } catch (LoadFailedException e) {
      throw new CommandFailedException(ExitStatus.FAILED, e.getMessage(), e);
    }
  }

  private void note(String text, Object... values) {
    console.note(String.format(Locale.ROOT, text, values));
  }
}
