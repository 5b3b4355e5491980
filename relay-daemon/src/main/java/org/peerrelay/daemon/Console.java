package org.peerrelay.daemon;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The surroundings of a command: its three streams and its environment. Notes may come from any
 * thread.
 *
 * @param in standard input
 * @param out standard output, unbuffered; its errors are not swallowed, unlike those of {@code
 *     System.out}
 * @param err standard error
 * @param environment the environment variables
 */
public record Console(
    InputStream in, OutputStream out, PrintStream err, Map<String, String> environment) {

  /** That of this process. */
  static Console ofProcess() {
    return new Console(
        System.in, new FileOutputStream(FileDescriptor.out), System.err, System.getenv());
  }

  /** Whether standard error is a terminal. Java itself knows only of all three streams together. */
  boolean isTerminal() {
    return isTerminal(2);
  }

  /** Whether standard output is a terminal. */
  boolean writesToTerminal() {
    return isTerminal(1);
  }

  /** Whether somebody can write and read lines at a terminal. */
  boolean isInteractive() {
    return isTerminal(0) && isTerminal(1);
  }

  private boolean isTerminal(int descriptor) {
    if (err != System.err) {
      return false;
    }
    try {
      return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
              .inheritIO()
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // No such program: not a system that we know terminals of.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Tells the user something on standard error, on one line. */
  void note(String text) {
    if (!LogSetup.logs(text)) {
      err.println("relay: " + OneLine.of(text));
    }
  }
}
