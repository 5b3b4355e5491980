package org.peerrelay.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.peerrelay.daemon.Console;
import org.peerrelay.daemon.RelayCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Describes the {@code relay} command to other programs, from the same model as its {@code --help}:
 * a man page in AsciiDoc for it and each of its commands, and completion for bash.
 */
final class CommandDescriptions {
  /** So that defaults below the home folder are told as everybody's, not as the builder's. */
  private static final Map<String, String> ANY_HOME = Map.of("HOME", "~");

  private CommandDescriptions() {}

  /**
   * Writes {@code relay.adoc}, {@code relay-serve.adoc} and so on, and {@code relay.bash}.
   *
   * @param arguments the folder to write to, which exists
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    CommandLine relay =
        RelayCommand.commandLine(
            new Console(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                System.err,
                ANY_HOME));
    boolean[] quiet = {};
    int status =
        ManPageGenerator.generateManPage(
            folder.toFile(), null, quiet, false, relay.getCommandSpec());
    if (status != 0) {
      throw new IOException("man pages: picocli says " + status);
    }
    try (DirectoryStream<Path> pages = Files.newDirectoryStream(folder, "*.adoc")) {
      for (Path page : pages) {
        Files.writeString(page, likeOtherPages(Files.readString(page)));
      }
    }
    Files.writeString(
        folder.resolve("relay.bash"), AutoComplete.bash(relay.getCommandName(), relay));
  }

  /**
   * A page as man pages are elsewhere: the name with one sentence, for {@code whatis}, and sections
   * without the colons of {@code --help}. And as AsciiDoc wants it, where picocli has an underscore
   * follow an asterisk, which end up on the page.
   */
  private static String likeOtherPages(String page) {
    return page.replaceFirst("(?m)^(relay[a-z-]* - .+?)\\.( .*)?$", "$1")
        .replaceAll("(?m)^== +(.*):$", "== $1")
        .replace("*_=", "*=_");
  }
}
