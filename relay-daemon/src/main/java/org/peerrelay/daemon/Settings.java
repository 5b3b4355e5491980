package org.peerrelay.daemon;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where the values of options come from: the command line, else the environment, else the file of
 * {@code --config}, else the default. The file is that of {@code relay serve}, and of {@code relay
 * config}, which shows what that would do.
 */
final class Settings implements IDefaultValueProvider {
  private static final Set<String> WITH_FILE = Set.of("serve", "config");

  private final EnvironmentDefaults environment;
  private final @Nullable ConfigFile file;

  private Settings(EnvironmentDefaults environment, @Nullable ConfigFile file) {
    this.environment = environment;
    this.file = file;
  }

  /**
   * Has {@code relay} take its settings from the environment, and the file that it or {@code
   * arguments} name, which is checked.
   */
  static void apply(CommandLine relay, Map<String, String> environment, String[] arguments)
      throws CommandFailedException {
    CommandLine command = relay.getSubcommands().get(arguments[0]);
    ConfigFile file = null;
    if (command != null && WITH_FILE.contains(arguments[0])) {
      Path place = ConfigOption.find(arguments, environment);
      if (place != null) {
        file = ConfigFile.read(place);
        file.check(command.getCommandSpec());
      }
    }
    relay.setDefaultValueProvider(new Settings(new EnvironmentDefaults(environment), file));
  }

  /** Those of a command that was found by {@link #apply}. */
  static Settings of(CommandLine command) {
    return (Settings) command.getDefaultValueProvider();
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) throws Exception {
    String value = environment.defaultValue(argument);
    if (value == null && argument instanceof OptionSpec option) {
      value = fromFile(option);
      // As for the environment: picocli is to put nothing into it.
      value = value == null ? null : value.replace("$", "$$");
    }
    return value;
  }

  private @Nullable String fromFile(OptionSpec option) {
    return file == null ? null : file.value(ConfigFile.key(option));
  }

  /** The file; null if there is none. */
  @Nullable ConfigFile file() {
    return file;
  }

  /** Where the value of {@code option} has come from, in words. */
  String source(OptionSpec option, ParseResult parsed) {
    if (isOverridden(option, parsed)) {
      return parsed.hasMatchedOption(option)
          ? "command line"
          : EnvironmentDefaults.variable(option);
    }
    return file != null && fromFile(option) != null
        ? file.place(ConfigFile.key(option))
        : "default";
  }

  /** Whether the command line or the environment has it, so that the file does not count. */
  boolean isOverridden(OptionSpec option, ParseResult parsed) {
    return parsed.hasMatchedOption(option) || environment.value(option) != null;
  }
}
