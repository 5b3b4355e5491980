package org.peerrelay.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes lines to a stream on a thread of its own, so that a reader that is slow, or stopped, never
 * holds up the thread that moves everybody's datagrams. Any thread may write.
 */
final class LineWriter {
  /** Messages come from strangers, so what waits for the reader is bounded. */
  private static final int MAX_WAITING_CHARS = 16 * 1_024 * 1_024;

  /** A process that was told to end has five seconds, and closing its links may take four. */
  private static final long DRAIN_MS = 500;

  private static final String END = "";

  private final Console console;
  private final Runnable onBroken;
  private final LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger waitingChars = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "relay-results");
  private volatile boolean broken;

  /** Whether a line has been dropped since the last one that was not. */
  private volatile boolean dropping;

  /**
   * Begins to write to the standard output of {@code console}.
   *
   * @param onBroken is run, once, when nothing more can be written
   */
  LineWriter(Console console, Runnable onBroken) {
    this.console = console;
    this.onBroken = onBroken;
    thread.setDaemon(true);
    thread.start();
  }

  /** Writes a line after those that wait already; drops it if too much does. */
  void write(String text) {
    if (broken) {
      return;
    }
    String line = text + '\n';
    if (waitingChars.addAndGet(line.length()) <= MAX_WAITING_CHARS) {
      dropping = false;
      waiting.add(line);
      return;
    }
    waitingChars.addAndGet(-line.length());
    if (!dropping) {
      dropping = true;
      console.note("standard output: read too slowly; lines are being dropped");
    }
  }

  /** Waits a moment until all is written; tells whether it could be. */
  boolean finish() {
    waiting.add(END);
    try {
      thread.join(DRAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !broken;
  }

  private void run() {
    try {
      for (String line = waiting.take(); !line.equals(END); line = waiting.take()) {
        waitingChars.addAndGet(-line.length());
        write(console.out(), line);
      }
    } catch (IOException e) {
      broken = true;
      console.note("standard output: " + e.getMessage() + " (expected: somebody who reads)");
      onBroken.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
