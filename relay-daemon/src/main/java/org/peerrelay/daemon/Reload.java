package org.peerrelay.daemon;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.access.Access;
import org.peerrelay.daemon.channels.ChannelLimits;
import org.peerrelay.daemon.gateway.GatewayLimits;
import org.peerrelay.transport.ConnectionLimits;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads the file of settings, lists, token and certificate again whenever SIGHUP comes, and has
 * what can be changed in a running relay changed. A file with a mistake changes nothing. Without
 * any file SIGHUP ends the command, as it does where a terminal is closed.
 */
final class Reload {
  /**
   * What a running relay looks at anew each time, and so can be changed.
   *
   * @param connections bounds of what comes to the listener
   * @param channels bounds of channels
   * @param sessions bounds of sessions
   * @param access who may link with the relay
   * @param relay the relay; null until it has been started
   * @param tls which certificate it shows
   */
  record Running(
      AtomicReference<ConnectionLimits> connections,
      AtomicReference<ChannelLimits> channels,
      AtomicReference<GatewayLimits> sessions,
      Access access,
      AtomicReference<@Nullable Peer> relay,
      TlsOptions tls) {}

  /** What can be changed, and how. What may fail comes first. */
  private enum Part {
    ACCESS,
    CERTIFICATE,
    LOGS,
    CONNECTIONS,
    CHANNELS,
    SESSIONS;

    /** Those that stand in files of their own, and so may have changed under the same name. */
    static final Set<Part> IN_FILES = Set.of(ACCESS, CERTIFICATE);

    /**
     * Takes what is its own from {@code settings}, which are all as they are now. Returns what else
     * there is to tell, empty or beginning with a semicolon.
     */
    String change(Running running, ServeCommand settings) throws CommandFailedException {
      switch (this) {
        case ACCESS -> {
          AccessFiles files = settings.accessFiles();
          int closed = files.apply(running.access, running.relay.get());
          return (files.keys().isEmpty() ? "" : "; read again: " + String.join(", ", files.keys()))
              + (closed == 0 ? "" : "; connections closed: " + closed);
        }
        case CERTIFICATE -> running.tls.reload();
        case LOGS -> LogSetup.showDebug(settings.verbose());
        case CONNECTIONS -> running.connections.set(settings.connectionLimits());
        case CHANNELS -> running.channels.set(settings.channelLimits());
        case SESSIONS -> running.sessions.set(settings.sessionLimits());
      }
      return "";
    }
  }

  /**
   * What a key belongs to; the others take a restart. So does {@code max-signal-bytes}: members
   * have room for what signals were when they joined. So do origins and trusted proxies: who stands
   * behind a connection is found out when it comes.
   */
  private static final Map<String, Part> CHANGEABLE =
      Map.ofEntries(
          Map.entry("allow", Part.ACCESS),
          Map.entry("deny", Part.ACCESS),
          Map.entry("token", Part.ACCESS),
          Map.entry("token-file", Part.ACCESS),
          Map.entry("verbose", Part.LOGS),
          Map.entry("max-connections", Part.CONNECTIONS),
          Map.entry("max-connections-per-address", Part.CONNECTIONS),
          Map.entry("connection-rate", Part.CONNECTIONS),
          Map.entry("link-rate", Part.CONNECTIONS),
          Map.entry("link-bytes", Part.CONNECTIONS),
          Map.entry("queue-memory", Part.CONNECTIONS),
          Map.entry("max-channels", Part.CHANNELS),
          Map.entry("max-channels-per-address", Part.CHANNELS),
          Map.entry("max-members", Part.CHANNELS),
          Map.entry("channel-idle", Part.CHANNELS),
          Map.entry("max-sessions", Part.SESSIONS),
          Map.entry("max-sessions-per-address", Part.SESSIONS),
          Map.entry("session-rate", Part.SESSIONS),
          Map.entry("session-backlog", Part.SESSIONS),
          Map.entry("session-idle", Part.SESSIONS));

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

  /** Begins to catch SIGHUP, until the process ends, for a command that has any file. */
  static void onHangUp(Console console, CommandSpec command, Running running) {
    Reload reload = new Reload(console, command, running);
    Signals.handle("HUP", number -> reload.reload());
  }

  /** Whether a setting is changed by SIGHUP. */
  static boolean changes(String key) {
    return CHANGEABLE.containsKey(key);
  }

  private synchronized void reload() {
    try {
      CommandSpec next = read();
      List<String> changed = differing(next, current, CHANGEABLE.keySet());
      Set<Part> parts = EnumSet.copyOf(Part.IN_FILES);
      changed.forEach(key -> parts.add(Objects.requireNonNull(CHANGEABLE.get(key))));
      StringBuilder more = new StringBuilder();
      for (Part part : parts) {
        more.append(part.change(running, (ServeCommand) next.userObject()));
      }
      current = next;
      Set<String> others = new HashSet<>(ConfigFile.options(next).keySet());
      others.removeAll(CHANGEABLE.keySet());
      console.note(
          "reloaded" + where(next) + more + what(changed, differing(next, started, others)));
    } catch (CommandFailedException e) {
      console.note("not reloaded: " + e.getMessage());
    }
  }

  /** Those of {@code keys} that have other values than they had. */
  private static List<String> differing(CommandSpec now, CommandSpec before, Set<String> keys) {
    List<String> differing = new ArrayList<>();
    ConfigFile.options(now)
        .forEach(
            (key, option) -> {
              OptionSpec old = before.findOption(option.longestName());
              if (keys.contains(key) && !Objects.equals(option.getValue(), old.getValue())) {
                differing.add(key);
              }
            });
    return differing;
  }

  private static String where(CommandSpec command) {
    ConfigFile file = Settings.of(command.commandLine()).file();
    return file == null ? "" : " " + file.file();
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
