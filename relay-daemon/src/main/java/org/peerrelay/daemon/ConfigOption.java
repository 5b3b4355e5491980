package org.peerrelay.daemon;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that names a file with values for all others. */
final class ConfigOption {
  /** Its name. */
  static final String NAME = "--config";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description = {
        "Takes settings from a file of lines as port=443. Options and variables win. SIGHUP has it"
            + " read again."
      })
  private @Nullable Path file;

  /** The file; null if there is none. */
  @Nullable Path file() {
    return file;
  }

  /**
   * Which file a command line names, or else the environment; null if neither does. All other
   * options take their defaults from it, so it has to be known before they are looked at; mistakes
   * are told then.
   */
  static @Nullable Path find(String[] arguments, Map<String, String> environment) {
    ConfigOption found = new ConfigOption();
    CommandLine only =
        new CommandLine(found)
            .setUnmatchedArgumentsAllowed(true)
            .setOverwrittenOptionsAllowed(true)
            .setExpandAtFiles(false)
            .setDefaultValueProvider(new EnvironmentDefaults(environment));
    try {
      only.parseArgs(arguments);
    } catch (ParameterException e) {
      return null;
    }
    return found.file;
  }
}
