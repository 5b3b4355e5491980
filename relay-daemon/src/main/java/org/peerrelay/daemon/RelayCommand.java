package org.peerrelay.daemon;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The {@code relay} command: finds out which of its commands is meant, and runs that. */
@Command(
    name = "relay",
    description = "Relays messages among peers that know each other by id.",
    synopsisSubcommandLabel = "COMMAND")
public final class RelayCommand {
  private RelayCommand() {}

  /** Runs the command in this process, and ends it. */
  public static void main(String[] arguments) {
    System.exit(run(Console.ofProcess(), arguments));
  }

  /**
   * Runs the command to its end and returns its exit status.
   *
   * @param console what it reads from and writes to
   * @param arguments the command line
   */
  public static int run(Console console, String... arguments) {
    CommandLine relay = commandLine(console);
    if (arguments.length == 0) {
      relay.usage(console.err());
      return ExitStatus.USAGE.code();
    }
    try {
      Settings.apply(relay, console.environment(), arguments);
    } catch (CommandFailedException e) {
      return onFailure(e, relay, console);
    }
    return relay.execute(arguments);
  }

  /** The command with all of its commands, to run it or to describe it. */
  public static CommandLine commandLine(Console console) {
    CommandLine relay =
        new CommandLine(new RelayCommand())
            .addSubcommand(new ServeCommand(console))
            .addSubcommand(new CommandLine(ConfigCommand.spec(console)))
            .addSubcommand(new ListenCommand(console))
            .addSubcommand(new SendCommand(console))
            .addSubcommand(new PingCommand(console))
            .addSubcommand(new TraceCommand(console))
            .addSubcommand(new ChatCommand(console))
            .addSubcommand(new WatchCommand(console))
            .addSubcommand(new PresenceCommand(console))
            .addSubcommand(new ChannelCommand(console))
            .addSubcommand(new StatusCommand(console))
            .addSubcommand(new IdCommand(console))
            .addSubcommand(new BenchCommand(console))
            .addSubcommand(new SimulateCommand(console));
    describe(relay.getCommandSpec());
    relay.getSubcommands().values().forEach(command -> describe(command.getCommandSpec()));
    relay
        .setDefaultValueProvider(new EnvironmentDefaults(console.environment()))
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(new UsageErrors(console))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> onFailure(failure, command, console));
    return relay;
  }

  private static void describe(CommandSpec command) {
    command.mixinStandardHelpOptions(true);
    command.versionProvider(new Version());
    command
        .usageMessage()
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(ExitStatus.meanings())
        .footerHeading("%nEnvironment:%n")
        .footer(
            "  Every option but --help and --version can also be given by a variable:",
            "  RELAY_PORT for --port, RELAY_DATA_JSON for --data-json, and so on; several",
            "  URLs with commas or spaces in between. The command line wins.");
  }

  private static int onFailure(Exception failure, CommandLine command, Console console) {
    if (failure instanceof CommandFailedException expected) {
      console.note(String.valueOf(expected.getMessage()));
      return expected.status().code();
    }
    console.note("internal error: " + failure + "; please report it, with what --verbose adds");
    OptionSpec verbose = command.getCommandSpec().findOption(OutputOptions.VERBOSE);
    if (Boolean.TRUE.equals(verbose.getValue())) {
      failure.printStackTrace(console.err());
    }
    return ExitStatus.FAILED.code();
  }
}
