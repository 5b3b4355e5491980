package org.peerrelay.daemon;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Joins a swarm and tells who comes and goes. */
@Command(
    name = "watch",
    customSynopsis = "relay watch [OPTIONS] URL... SWARM",
    description = {
      "Joins a swarm; prints who is there, then who comes and goes, until it is told to end.",
      "The numbers of the others hold as long as this runs."
    })
final class WatchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "URL... SWARM",
      hideParamSyntax = true,
      arity = "0..*",
      description = {Url.RELAYS_ARE, SwarmWords.KEY_IS})
  private List<String> words = List.of();

  @Mixin private final SwarmOptions options = new SwarmOptions();

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    SwarmWords what = options.parse(words);
    try (StopSignal stop = new StopSignal()) {
      SwarmResults results = options.begin(console, stop::request);
      try (SwarmSession session = SwarmSession.open(what, options, console, stop)) {
        session.run(
            () -> {
              results.ready(session.id());
              session.watch(results);
            });
      }
      return results.finish().code();
    }
  }
}
