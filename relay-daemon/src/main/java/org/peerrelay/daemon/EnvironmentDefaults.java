package org.peerrelay.daemon;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes options that the command line does not give from the environment: {@code RELAY_DATA_JSON}
 * stands for {@code --data-json}. An empty variable counts as none.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private static final String PREFIX = "RELAY_";

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) throws Exception {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String value = value(option);
    if (value == null) {
      return null;
    }
    check(option, variable(option), value);
    // picocli puts variables of its own into defaults; this is how a dollar sign stays one.
    return value.replace("$", "$$");
  }

  /** What the environment says of an option; null if it says nothing. */
  @Nullable String value(OptionSpec option) {
    String value = environment.getOrDefault(variable(option), "").strip();
    return value.isEmpty() ? null : value;
  }

  /** The variable that stands for an option. */
  static String variable(OptionSpec option) {
    String name = option.longestName().substring("--".length());
    return PREFIX + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** picocli would do so itself, but would name the option, which the user has not written. */
  private static void check(OptionSpec option, String variable, String value) throws Exception {
    try {
      convert(option, value);
    } catch (TypeConversionException e) {
      throw new ParameterException(
          option.command().commandLine(), variable + ": " + e.getMessage(), e);
    }
  }

  /**
   * Converts a value as the option does.
   *
   * @throws TypeConversionException if it cannot be
   */
  static void convert(OptionSpec option, String value) throws Exception {
    String regex = option.splitRegex();
    List<String> parts = regex.isEmpty() ? List.of(value) : List.of(value.split(regex));
    for (ITypeConverter<?> converter : option.converters()) {
      for (String part : parts) {
        converter.convert(part);
      }
    }
  }
}
