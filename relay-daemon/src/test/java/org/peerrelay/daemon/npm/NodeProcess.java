package org.peerrelay.daemon.npm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Node process that runs {@code driver.mjs}: commands in, their answers and events out. Safe
 * for any thread; events are handed over on the thread that reads them.
 */
final class NodeProcess {
  private static final Duration EXIT_DEADLINE = Duration.ofSeconds(10);
  private static final int LONGEST_STDERR_LINES = 200;

  private final Process process;
  private final Writer stdin;
  private final Thread stderrReader;
  private final Map<Long, CompletableFuture<JsonLine>> unanswered = new ConcurrentHashMap<>();
  private final AtomicLong lastSeq = new AtomicLong();
  private final ArrayDeque<String> stderr = new ArrayDeque<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile @Nullable NpmCrash crash;

  private NodeProcess(Process process) {
    this.process = process;
    this.stdin = process.outputWriter(UTF_8);
    this.stderrReader = reader("npm-stderr", process.getErrorStream(), this::keepStderr, () -> {});
  }

  /**
   * Starts node with the driver of this folder.
   *
   * @param environment is added to this process's own
   * @param onEvent gets each event, in order
   */
  static NodeProcess start(
      Path npmFolder, Map<String, String> environment, Consumer<JsonLine> onEvent) {
    ProcessBuilder builder =
        new ProcessBuilder(
            NodeInstalled.NODE,
            // The package calls `new Buffer`, which node warns of.
            "--no-deprecation",
            "--no-warnings",
            // npm servers listen on IPv4 and advertise `localhost`, which may mean ::1 first.
            "--dns-result-order=ipv4first",
            "driver.mjs");
    builder.directory(npmFolder.toFile());
    builder.environment().putAll(environment);
    try {
      NodeProcess node = new NodeProcess(builder.start());
      node.stderrReader.start();
      node.stdoutReader(onEvent).start();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Completed with the reason and what node wrote to stderr once the process is gone. */
  CompletableFuture<String> ended() {
    return ended;
  }

  /** The error that ended the process; null while it runs, or if it ended otherwise. */
  @Nullable NpmCrash crash() {
    return crash;
  }

  /** The answer to the command; fails if it was refused or the process ended first. */
  CompletableFuture<JsonLine> ask(JsonLine command) {
    long seq = lastSeq.incrementAndGet();
    CompletableFuture<JsonLine> answer = new CompletableFuture<>();
    unanswered.put(seq, answer);
    String line = command.with("seq", seq) + "\n";
    try {
      synchronized (stdin) {
        stdin.write(line);
        stdin.flush();
      }
    } catch (IOException e) {
      // The process is going, and failUnanswered() will say why; a broken pipe says nothing.
    }
    if (ended.isDone()) {
      failUnanswered();
    }
    return answer.whenComplete((done, failed) -> unanswered.remove(seq));
  }

  /**
   * Closes stdin, at which the process ends, and waits for that.
   *
   * @return the exit code
   */
  int stop() {
    try {
      synchronized (stdin) {
        stdin.close();
      }
    } catch (IOException e) {
      // Nothing to flush and nobody to read it: the process is gone already.
    }
    try {
      if (!process.waitFor(EXIT_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("node: running (expected: ended once stdin closed)");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while node ended", e);
    }
  }

  /** Sends SIGKILL and waits for the end: no link is closed but by the system. */
  void kill() {
    process.destroyForcibly();
    NpmHost.await(ended, "end of the killed node process", EXIT_DEADLINE);
  }

  /** Sends a signal such as STOP. */
  void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new AssertionError("kill -s " + name + ": status " + status + " (expected: 0)");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while sending " + name, e);
    }
  }

  private Thread stdoutReader(Consumer<JsonLine> onEvent) {
    return reader(
        "npm-stdout", process.getInputStream(), text -> onLine(text, onEvent), this::onEnd);
  }

  private void onLine(String text, Consumer<JsonLine> onEvent) {
    try {
      handle(text, onEvent);
    } catch (RuntimeException | AssertionError e) {
      ended.complete("the driver wrote what the harness cannot take: " + e);
      process.destroy();
    }
  }

  private void handle(String text, Consumer<JsonLine> onEvent) {
    JsonLine line = JsonLine.parse(text);
    if (!line.has("event")) {
      answer(line);
    } else if (line.text("event").equals("crash")) {
      String frame = line.textOrNull("frame");
      crash = new NpmCrash(line.text("error"), frame == null ? "" : frame);
    } else {
      onEvent.accept(line);
    }
  }

  private void answer(JsonLine line) {
    CompletableFuture<JsonLine> answer = unanswered.get(line.number("seq"));
    if (answer == null) {
      return; // its asker gave up
    }
    String error = line.textOrNull("error");
    if (error == null) {
      answer.complete(line);
    } else {
      answer.completeExceptionally(new AssertionError("npm driver: " + error));
    }
  }

  private void onEnd() {
    try {
      stderrReader.join(EXIT_DEADLINE.toMillis());
      boolean exited = process.waitFor(EXIT_DEADLINE.toSeconds(), TimeUnit.SECONDS);
      String code = exited ? String.valueOf(process.exitValue()) : "none yet";
      NpmCrash seen = crash;
      String cause = seen == null ? "" : "\n" + seen;
      ended.complete("node ended, exit code " + code + cause + "\nstderr:\n" + stderrText());
    } catch (InterruptedException e) {
      ended.complete("node ended");
    }
    failUnanswered();
  }

  private void failUnanswered() {
    String reason = ended.join();
    unanswered.values().forEach(answer -> answer.completeExceptionally(new AssertionError(reason)));
  }

  private void keepStderr(String line) {
    synchronized (stderr) {
      stderr.add(line);
      if (stderr.size() > LONGEST_STDERR_LINES) {
        stderr.remove();
      }
    }
  }

  private String stderrText() {
    synchronized (stderr) {
      return String.join("\n", stderr);
    }
  }

  private static Thread reader(
      String name, InputStream from, Consumer<String> onLine, Runnable onEnd) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  onLine.accept(line);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                onEnd.run();
              }
            },
            name);
    thread.setDaemon(true);
    return thread;
  }
}
