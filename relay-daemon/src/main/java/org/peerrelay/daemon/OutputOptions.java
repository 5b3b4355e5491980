package org.peerrelay.daemon;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a command tells, and how. */
final class OutputOptions {
  /** The switch for debug logs and stack traces. */
  static final String VERBOSE = "--verbose";

  @Option(
      names = "--json",
      converter = FlagConverter.class,
      // Or else picocli takes the flag for the opposite of what the environment says.
      fallbackValue = "true",
      description = "Writes results as JSON, one object a line.")
  private boolean json;

  @Option(
      names = {"-v", VERBOSE},
      converter = FlagConverter.class,
      fallbackValue = "true",
      description = "Writes debug logs to standard error.")
  private boolean verbose;

  /**
   * Sets the logs to what the user wants to see, and tells where results go.
   *
   * @param onBroken is run when standard output takes no more
   */
  Results begin(Console console, Runnable onBroken) {
    return new Results(json, beginLines(console, onBroken));
  }

  /** As {@link #begin}, for results of another kind. */
  LineWriter beginLines(Console console, Runnable onBroken) {
    if (verbose) {
      LogSetup.showDebug(true);
    }
    return new LineWriter(console, onBroken);
  }

  /** Whether results are written as JSON. */
  boolean json() {
    return json;
  }

  /** Whether debug logs are written. */
  boolean verbose() {
    return verbose;
  }

  /** For a switch that is set by an environment variable. */
  static final class FlagConverter implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new TypeConversionException("'" + text + "' (expected: true or false)");
      };
    }
  }
}
