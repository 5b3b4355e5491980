package org.peerrelay.daemon;

import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A terminal on which one writes a line while others are printed above it. What is printed comes
 * from any thread and must have no control characters in it.
 */
final class ChatTerminal implements AutoCloseable {
  private static final String PROMPT = "> ";

  private final Terminal terminal;
  private final LineReader reader;

  /** Takes over the terminal, which it closes in the end. */
  ChatTerminal(Terminal terminal) {
    this.terminal = terminal;
    // All the time, or the system would swallow a Ctrl-D that comes between two lines.
    terminal.enterRawMode();
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            // An exclamation mark is one, and a backslash too.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** The terminal of this process, driven by {@code stty}: no code but Java's is loaded. */
  static ChatTerminal ofProcess() throws IOException {
    return new ChatTerminal(
        TerminalBuilder.builder()
            .system(true)
            .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
            .build());
  }

  /** The surroundings of a command that prints above the line that is being written. */
  Console above(Console console) {
    OutputStream lines = new LinesAbove();
    return new Console(
        console.in(),
        lines,
        new PrintStream(lines, true, StandardCharsets.UTF_8),
        console.environment());
  }

  /** Takes lines until the user ends with Ctrl-D or Ctrl-C, or the terminal is closed. */
  void read(Consumer<String> onLine) {
    try {
      while (true) {
        // What was pasted may have several.
        reader.readLine(PROMPT).lines().forEach(onLine);
      }
    } catch (EndOfFileException | UserInterruptException | IOError e) {
      // The end.
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }

  /** Prints each line when it has ended. */
  private final class LinesAbove extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int character) {
      if (character == '\n') {
        reader.printAbove(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(character);
      }
    }
  }
}
