package org.peerrelay.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.swarm.SwarmKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that take part in a swarm. */
final class SwarmOptions {
  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = {
        "The file that the swarm's key stands in, alone, as text; SWARM is left out then. What"
            + " stands on the command line all users of the machine can see."
      })
  private @Nullable Path keyFile;

  @Option(
      names = "--dial-private",
      converter = OutputOptions.FlagConverter.class,
      fallbackValue = "true",
      description =
          "Dials relays at private and loopback addresses too, if other relays name them.")
  private boolean dialPrivate;

  @Mixin private final TimeoutOption timeout = new TimeoutOption();
  @Mixin private final TrustOption trust = new TrustOption();
  @Mixin private final IdentityOption identity = new IdentityOption(IdentityPlace.NONE);
  @Mixin private final KnownRelaysOption knownRelays = new KnownRelaysOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  /** Reads the words of a command: those after the swarm's key are called as {@code more} says. */
  SwarmWords parse(List<String> words, String... more) throws CommandFailedException {
    List<String> names = new ArrayList<>(List.of(more));
    if (keyFile != null) {
      SwarmWords parsed = SwarmWords.parse(words, names);
      return parsed.withKey(readKey(keyFile));
    }
    names.add(0, SwarmWords.KEY);
    return SwarmWords.parse(words, names);
  }

  private static SwarmKey readKey(Path file) throws CommandFailedException {
    try {
      return SwarmKey.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "--key-file: cannot read %s (%s)".formatted(file, ConfigFile.reason(e)),
          e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "--key-file: %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** A peer as the options say, which has yet to be told what to do. */
  PeerBuilder peer() throws CommandFailedException {
    PeerBuilder builder =
        Peer.builder().identity(identity.openAlone()).trust(trust.trust()).dialPrivate(dialPrivate);
    knownRelays.apply(builder, identity);
    return builder;
  }

  /** How long a relay may take to answer. */
  TimeoutOption timeout() {
    return timeout;
  }

  /** Whether results are JSON. */
  boolean json() {
    return output.json();
  }

  /** As {@link OutputOptions#begin}. */
  SwarmResults begin(Console console, Runnable onBroken) {
    return new SwarmResults(json(), output.beginLines(console, onBroken));
  }
}
