package org.peerrelay.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Reads the file of settings again whenever SIGHUP comes, and has what can be changed in a running
 * relay changed. A file with a mistake changes nothing. Without a file SIGHUP ends the command, as
 * it does where a terminal is closed.
 */
final class Reload {
  /** What can be changed, by key, and how; null is the default. */
  private static final Map<String, Consumer<@Nullable String>> CHANGEABLE =
      Map.of("verbose", value -> LogSetup.showDebug(Boolean.parseBoolean(value)));

  private final Console console;
  private final CommandSpec command;
  private final Settings settings;
  private final ConfigFile started;
  private ConfigFile current;

  private Reload(Console console, CommandSpec command, Settings settings, ConfigFile started) {
    this.console = console;
    this.command = command;
    this.settings = settings;
    this.started = started;
    this.current = started;
  }

  /** Begins to catch SIGHUP, until the process ends, for a command that has a file. */
  static void onHangUp(Console console, CommandSpec command) {
    Settings settings = Settings.of(command.commandLine());
    ConfigFile file = Objects.requireNonNull(settings.file());
    Reload reload = new Reload(console, command, settings, file);
    Signals.handle("HUP", number -> reload.reload());
  }

  /** Whether a setting is changed by SIGHUP. */
  static boolean changes(String key) {
    return CHANGEABLE.containsKey(key);
  }

  private synchronized void reload() {
    ConfigFile before = current;
    ConfigFile next;
    try {
      next = ConfigFile.read(started.file());
      next.check(command);
    } catch (CommandFailedException e) {
      console.note("not reloaded: " + e.getMessage());
      return;
    }
    current = next;
    List<String> changed = new ArrayList<>();
    List<String> left = new ArrayList<>();
    ParseResult parsed = command.commandLine().getParseResult();
    for (Map.Entry<String, OptionSpec> option : ConfigFile.options(command).entrySet()) {
      String key = option.getKey();
      String value = next.value(key);
      Consumer<@Nullable String> change = CHANGEABLE.get(key);
      ConfigFile compared = change == null ? started : before;
      if (settings.isOverridden(option.getValue(), parsed)
          || Objects.equals(value, compared.value(key))) {
        continue;
      }
      (change == null ? left : changed).add(key);
      if (change != null) {
        change.accept(value);
      }
    }
    console.note("reloaded " + started.file() + what(changed, left));
  }

  private static String what(List<String> changed, List<String> left) {
    return (changed.isEmpty() ? "" : "; changed: " + String.join(", ", changed))
        + (left.isEmpty() ? "" : "; to be changed by a restart: " + String.join(", ", left));
  }
}
