package org.peerrelay.daemon;

import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a mistake on the command line in one line, and where help is. */
final class UsageErrors implements IParameterExceptionHandler {
  private final Console console;

  UsageErrors(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    console.note(message(e));
    console.err().println("try: " + command.qualifiedName() + " --help");
    return ExitStatus.USAGE.code();
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    ArgSpec argument = e.getArgSpec();
    if (argument != null && e.getCause() instanceof TypeConversionException cause) {
      return name(argument) + ": " + cause.getMessage();
    }
    return String.valueOf(e.getMessage());
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unmatched(UnmatchedArgumentException e) {
    CommandLine commandLine = e.getCommandLine();
    CommandSpec command = commandLine.getCommandSpec();
    Collection<String> commands = commandLine.getSubcommands().keySet();
    String word = e.getUnmatched().get(0);
    if (e.isUnknownOption()) {
      String name = word.replaceFirst("(?s)=.*", ""); // what was given may be a secret
      String misplaced = commands.isEmpty() ? "" : "; options stand after the command";
      return "unknown option: '"
          + name
          + "'"
          + suggestion(name, command.optionsMap().keySet(), misplaced);
    }
    return commands.isEmpty()
        ? "unexpected word: '" + word + "'"
        : "unknown command: '" + word + "'" + suggestion(word, commands, "");
  }

  private static String suggestion(String word, Collection<String> known, String otherwise) {
    return NearestWord.of(word, known)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse(otherwise);
  }
}
