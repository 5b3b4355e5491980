package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.WebSocketUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Shows with which settings a relay would run, and where each comes from. */
@Command(
    name = "config",
    description = {
      "Shows with which settings relay serve would run, given the same options, variables and file,"
          + " and where each has come from."
    })
final class ConfigCommand implements Callable<Integer> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MIN_VALUE_COLUMNS = 24;

  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  private ConfigCommand(Console console) {
    this.console = console;
  }

  /** The command, with all options of {@link ServeCommand}. */
  static CommandSpec spec(Console console) {
    return CommandSpec.forAnnotatedObject(new ConfigCommand(console))
        .addMixin("serve", CommandSpec.forAnnotatedObject(new ServeCommand(console)));
  }

  @Override
  public Integer call() throws CommandFailedException {
    CommandSpec command = Objects.requireNonNull(spec);
    Settings settings = Settings.of(command.commandLine());
    Map<String, OptionSpec> options = ConfigFile.options(command);
    int keyColumns = options.keySet().stream().mapToInt(String::length).max().orElse(0);
    boolean json = Boolean.TRUE.equals(command.findOption("--json").getValue());
    LineWriter lines = new LineWriter(console, () -> {});
    options.forEach(
        (key, option) -> {
          String value = told(key, text(option.getValue()));
          String source = settings.source(option, command.commandLine().getParseResult());
          lines.write(
              json
                  ? json(key, value, source)
                  : ("%-" + keyColumns + "s  %-" + MIN_VALUE_COLUMNS + "s  %s")
                      .formatted(key, value == null ? "-" : OneLine.of(value), source));
        });
    return lines.finish() ? ExitStatus.OK.code() : ExitStatus.FAILED.code();
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof Collection<?> several) {
      return several.isEmpty()
          ? null
          : several.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value == null ? null : value.toString();
  }

  /** People show to others what this prints. */
  private static @Nullable String told(String key, @Nullable String value) {
    if (value == null) {
      return null;
    }
    return switch (key) {
      case "token" -> "(secret)";
      case "bootstrap" ->
          Arrays.stream(value.split(","))
              .map(WebSocketUrl::withoutToken)
              .collect(Collectors.joining(","));
      case "access-url" -> value.replaceFirst("\\?.*", "?...");
      default -> value;
    };
  }

  private static String json(String key, @Nullable String value, String source) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("key", key);
      json.writeStringField("value", value);
      json.writeStringField("source", source);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
