package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.peerrelay.daemon.RelayCommand;

/** The command in a process of its own, killed at the latest when the test is over. */
public final class RelayProcess implements Closeable {
  /** How long a command may take to end once it is told to. */
  private static final long END_S = 5;

  private final Process process;
  private final Lines out;
  private final Lines err;

  private RelayProcess(Process process) {
    this.process = process;
    this.out = new Lines("relay-out", process.getInputStream());
    this.err = new Lines("relay-err", process.getErrorStream());
  }

  static RelayProcess start(String... arguments) {
    return startIn(Map.of(), arguments);
  }

  /** The command in a JVM that has these options and no others, as a user's has. */
  public static RelayProcess startJvm(List<String> jvmOptions, String... arguments) {
    return of(command(jvmOptions, arguments), Map.of());
  }

  static RelayProcess startIn(Map<String, String> environment, String... arguments) {
    return of(command(arguments), environment);
  }

  /** A shell that runs {@code script}; in there, {@code "$@"} is the command line. */
  static RelayProcess startInShell(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(command(arguments));
    return of(command, Map.of());
  }

  private static List<String> command(String... arguments) {
    // These start faster.
    return command(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), arguments);
  }

  private static List<String> command(List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RelayCommand.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static RelayProcess of(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("RELAY_"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    try {
      return new RelayProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Standard output. */
  public Lines out() {
    return out;
  }

  /** Standard error. */
  public Lines err() {
    return err;
  }

  /** Writes to its standard input. */
  public void type(String text) {
    try {
      OutputStream in = process.getOutputStream();
      in.write(text.getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Sends SIGTERM; what it says meanwhile still comes, unlike after {@link Process#destroy}. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL and waits. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    assertEquals(0, status, "kill -s " + name);
  }

  /** Whether the JVM leaves a signal ignored, as shells have it for jobs in the background. */
  boolean ignores(String name) throws IOException {
    int number =
        switch (name) {
          case "HUP" -> 1;
          case "INT" -> 2;
          case "TERM" -> 15;
          default -> throw new IllegalArgumentException(name);
        };
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(ignored -> (ignored & 1L << (number - 1)) != 0);
  }

  /** How many of its threads have a name that begins with {@code prefix}. */
  long threads(String prefix) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return tasks.filter(task -> name(task).startsWith(prefix)).count();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException e) {
      return ""; // it has just ended
    }
  }

  /** Waits until it has ended by itself; the exit status. */
  public int exitStatus() throws InterruptedException {
    assertTrue(process.waitFor(END_S, TimeUnit.SECONDS), "still running after " + END_S + " s");
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
