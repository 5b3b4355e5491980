package org.peerrelay.protocol2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.peerrelay.wire.JsonRecord;

/** A Node process that runs {@code driver.mjs}: clients by name, commands in and events out. */
final class JsClients {
  private static final long EVENT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
  private static final int EXIT_TIMEOUT_S = 10;

  private final Process process;
  private final Path stderr;
  private final Writer stdin;
  private final Thread reader;

  /** What has happened and nobody has asked for; guarded by itself. */
  private final List<JsonRecord> events = new ArrayList<>();

  JsClients() throws IOException {
    stderr = Files.createTempFile("protocol2-", ".err");
    process =
        new ProcessBuilder(JsClientInstalled.NODE, "--no-warnings", "driver.mjs")
            .directory(JsClientInstalled.folder().toFile())
            .redirectError(stderr.toFile())
            .start();
    stdin = process.outputWriter(UTF_8);
    reader = new Thread(this::readEvents, "protocol2-stdout");
    reader.setDaemon(true);
    reader.start();
  }

  private void readEvents() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonRecord event = JsonRecord.parse(line);
        synchronized (events) {
          events.add(event);
          events.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the client {@code peer} do something. */
  void tell(JsCommand command) throws IOException {
    stdin.write(command + "\n");
    stdin.flush();
  }

  /** The next event of some kinds that happens, or has happened, to the client {@code peer}. */
  JsonRecord await(String peer, String... kinds) throws InterruptedException, IOException {
    List<String> wanted = List.of(kinds);
    long deadlineNs = System.nanoTime() + EVENT_TIMEOUT_NS;
    synchronized (events) {
      while (true) {
        for (Iterator<JsonRecord> each = events.iterator(); each.hasNext(); ) {
          JsonRecord happened = each.next();
          if (wanted.contains(happened.text("event")) && happened.text("peer").equals(peer)) {
            each.remove();
            return happened;
          }
        }
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        if (leftMs <= 0 || !reader.isAlive()) {
          throw new AssertionError(
              "%s of %s: none; others: %s\n%s"
                  .formatted(wanted, peer, events, Files.readString(stderr)));
        }
        events.wait(Math.min(leftMs, 100));
      }
    }
  }

  /** The next datagram for the client {@code peer} that is none of the relay's own questions. */
  JsonRecord awaitUser(String peer) throws InterruptedException, IOException {
    return awaitKind(peer, 1);
  }

  /** The next datagram of a kind for the client {@code peer}; others before it are forgotten. */
  JsonRecord awaitKind(String peer, int kind) throws InterruptedException, IOException {
    JsonRecord datagram = await(peer, "datagram");
    while (datagram.number("kind") != kind) {
      datagram = await(peer, "datagram");
    }
    return datagram;
  }

  /** Ends the process and what is left of its links. */
  void stop() throws IOException, InterruptedException {
    stdin.close();
    if (!process.waitFor(EXIT_TIMEOUT_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("node: running (expected: ended once stdin closed)");
    }
    String complaints = Files.readString(stderr);
    Files.delete(stderr);
    if (process.exitValue() != 0) {
      throw new AssertionError("node: exit code " + process.exitValue() + "\n" + complaints);
    }
  }
}
