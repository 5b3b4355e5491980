package org.peerrelay.daemon;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Presence;
import org.peerrelay.PresenceBuilder;
import org.peerrelay.message.Payload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes part in the presence of a swarm. */
@Command(
    name = "presence",
    customSynopsis = "relay presence [OPTIONS] URL... SWARM",
    description = {
      "Joins a swarm and its presence; prints who is online after each change, this member"
          + " included, and what the others show of themselves, until it is told to end."
    })
final class PresenceCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "URL... SWARM",
      hideParamSyntax = true,
      arity = "0..*",
      description = {Url.RELAYS_ARE, SwarmWords.KEY_IS})
  private List<String> words = List.of();

  @Option(
      names = "--set",
      paramLabel = "JSON",
      converter = PayloadOptions.JsonConverter.class,
      description = "What to show of oneself, 4,096 bytes at most. Default: {}")
  private @Nullable Payload data;

  @Mixin private final SwarmOptions options = new SwarmOptions();

  PresenceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    SwarmWords what = options.parse(words);
    checkSize();
    try (StopSignal stop = new StopSignal()) {
      SwarmResults results = options.begin(console, stop::request);
      try (SwarmSession session = SwarmSession.open(what, options, console, stop)) {
        PresenceBuilder<String> presence =
            session
                .swarm()
                .presence()
                .onOnline(results::online)
                .onPeerData((shown, id) -> results.data(id, shown));
        if (data != null) {
          presence.data(data.jsonText());
        }
        session.run(
            () -> {
              results.ready(session.id());
              presence.start();
            });
      }
      return results.finish().code();
    }
  }

  private void checkSize() throws CommandFailedException {
    if (data != null && data.sizeBytes() > Presence.MAX_DATA_BYTES) {
      throw new CommandFailedException(
          ExitStatus.TOO_LARGE,
          "--set: %d bytes (expected: at most %d)"
              .formatted(data.sizeBytes(), Presence.MAX_DATA_BYTES));
    }
  }
}
