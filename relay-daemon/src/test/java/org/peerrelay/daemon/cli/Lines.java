package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines of a stream, read by a thread of its own as they come. */
public final class Lines {
  private static final long DEADLINE_S = 30;
  private static final String END = "<end of the stream>";

  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

  Lines(String name, InputStream in) {
    Thread reader = new Thread(() -> read(in), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream in) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // The process has been ended.
    }
    lines.add(END);
  }

  /** Waits for the next line. */
  public String next() {
    try {
      String line = lines.poll(DEADLINE_S, TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError("no line: " + (line == null ? "in " + DEADLINE_S + " s" : line));
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits for the end; all lines until then. */
  public String rest() {
    StringBuilder rest = new StringBuilder();
    try {
      for (String line = lines.poll(DEADLINE_S, TimeUnit.SECONDS);
          line != null && !line.equals(END);
          line = lines.poll(DEADLINE_S, TimeUnit.SECONDS)) {
        rest.append(line).append('\n');
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return rest.toString();
  }
}
