package org.peerrelay.daemon;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how a relay does. */
@Command(name = "status", description = "Shows how a relay does that runs with --admin-port.")
final class StatusCommand implements Callable<Integer> {
  private static final long WATCH_MS = 1_000;

  /** Takes a terminal to its upper left corner, and clears it. */
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ADMIN-URL",
      description = "Its admin listener. Default: ${DEFAULT-VALUE}")
  private String url = "http://127.0.0.1:" + AdminOptions.USUAL_PORT;

  @Option(
      names = "--watch",
      converter = OutputOptions.FlagConverter.class,
      fallbackValue = "true",
      description = "Shows it again every second, until it is told to end.")
  private boolean watch;

  @Mixin private final OutputOptions output = new OutputOptions();

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, InterruptedException {
    AdminClient client = new AdminClient(url);
    try (StopSignal stop = new StopSignal()) {
      Results results = output.begin(console, stop::request);
      String before = watch && console.writesToTerminal() ? CLEAR : "";
      StatusReport last = null;
      do {
        last = show(client, results, before, last);
      } while (watch && !stop.await(WATCH_MS));
      return results.finish().code();
    }
  }

  private static StatusReport show(
      AdminClient client, Results results, String before, @Nullable StatusReport last)
      throws CommandFailedException {
    StatusReport report = client.fetch();
    results.status(report.json(), before + report.words(last));
    return report;
  }
}
