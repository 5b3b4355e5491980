package org.peerrelay.daemon;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.peerrelay.transport.ConnectionLimits;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads the file of settings again whenever SIGHUP comes, and has what can be changed in a running
 * relay changed. A file with a mistake changes nothing. Without a file SIGHUP ends the command, as
 * it does where a terminal is closed.
 */
final class Reload {
  /**
   * What a running relay looks at anew each time, and so can be changed.
   *
   * @param limits bounds of what comes to the listener
   */
  record Running(AtomicReference<ConnectionLimits> limits) {}

  /** What can be changed, and how. */
  private enum Part {
    LOGS,
    LIMITS;

    /** Takes what is its own from {@code settings}, which are all as they are now. */
    void change(Running running, ServeCommand settings) {
      switch (this) {
        case LOGS -> LogSetup.showDebug(settings.verbose());
        case LIMITS -> running.limits.set(settings.connectionLimits());
      }
    }
  }

  /** What a key belongs to; the others take a restart. */
  private static final Map<String, Part> CHANGEABLE =
      Map.ofEntries(
          Map.entry("verbose", Part.LOGS),
          Map.entry("max-connections", Part.LIMITS),
          Map.entry("max-connections-per-address", Part.LIMITS),
          Map.entry("connection-rate", Part.LIMITS),
          Map.entry("link-rate", Part.LIMITS),
          Map.entry("link-bytes", Part.LIMITS),
          Map.entry("queue-memory", Part.LIMITS));

  private final Console console;
  private final Running running;
  private final CommandSpec started;
  private CommandSpec current;

  private Reload(Console console, CommandSpec started, Running running) {
    this.console = console;
    this.running = running;
    this.started = started;
    this.current = started;
  }

  /** Begins to catch SIGHUP, until the process ends, for a command that has a file. */
  static void onHangUp(Console console, CommandSpec command, Running running) {
    Reload reload = new Reload(console, command, running);
    Signals.handle("HUP", number -> reload.reload());
  }

  /** Whether a setting is changed by SIGHUP. */
  static boolean changes(String key) {
    return CHANGEABLE.containsKey(key);
  }

  private synchronized void reload() {
    CommandSpec next;
    try {
      next = read();
    } catch (CommandFailedException e) {
      console.note("not reloaded: " + e.getMessage());
      return;
    }
    List<String> changed = new ArrayList<>();
    List<String> left = new ArrayList<>();
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (Map.Entry<String, OptionSpec> option : ConfigFile.options(next).entrySet()) {
      String key = option.getKey();
      Part part = CHANGEABLE.get(key);
      CommandSpec before = part == null ? started : current;
      String name = option.getValue().longestName();
      if (Objects.equals(option.getValue().getValue(), before.findOption(name).getValue())) {
        continue;
      }
      (part == null ? left : changed).add(key);
      if (part != null) {
        parts.add(part);
      }
    }
    current = next;
    parts.forEach(part -> part.change(running, (ServeCommand) next.userObject()));
    ConfigFile file = Objects.requireNonNull(Settings.of(next.commandLine()).file());
    console.note("reloaded " + file.file() + what(changed, left));
  }

  /** The same command line, with the environment as it was and the file as it is now. */
  private CommandSpec read() throws CommandFailedException {
    String[] arguments =
        started.root().commandLine().getParseResult().originalArgs().toArray(String[]::new);
    CommandLine relay = RelayCommand.commandLine(console);
    Settings.apply(relay, console.environment(), arguments);
    return relay.parseArgs(arguments).subcommand().commandSpec();
  }

  private static String what(List<String> changed, List<String> left) {
    return (changed.isEmpty() ? "" : "; changed: " + String.join(", ", changed))
        + (left.isEmpty() ? "" : "; to be changed by a restart: " + String.join(", ", left));
  }
}
