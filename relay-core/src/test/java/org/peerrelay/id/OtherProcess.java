package org.peerrelay.id;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.jspecify.annotations.NullMarked;

/**
 * A second JVM that opens or reads an identity file, says in one line how that went, and keeps the
 * file open until its input ends.
 */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** The program of the second JVM: {@code open FILE} or {@code read FILE}. */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[1]);
    SecureRandom random = new SecureRandom();
    try {
      if (arguments[0].equals("open")) {
        try (IdentityFile file = IdentityFile.open(path, random)) {
          System.out.println(file.identity().id());
          while (System.in.read() >= 0) {}
        }
      } else {
        System.out.println(IdentityFile.readOrCreate(path, random).id());
      }
    } catch (IdentityFileException e) {
      System.out.println(e.problem() + " " + e.getMessage());
    }
  }

  /** Starts a JVM that opens {@code file}. */
  static OtherProcess opening(Path file) throws IOException {
    return new OtherProcess(start(command("open", file)));
  }

  /** Starts a JVM that reads or makes {@code file}, after the shell command {@code before}. */
  static OtherProcess readingAfter(String before, Path file) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", before + "; exec \"$@\"", "sh"));
    command.addAll(command("read", file));
    return new OtherProcess(start(command));
  }

  /** Waits for the line that tells how it went: an id, or a problem and its message. */
  String outcome() throws IOException {
    return Objects.requireNonNull(output.readLine(), "the other process ended without a word");
  }

  /** Ends it as a crash would, and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets it close its file and end, and waits for the end. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> command(String action, Path file) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // Not java.class.path: test runners put a stub there.
    String classPath =
        Stream.of(
                OtherProcess.class,
                IdentityFile.class,
                Ed25519PrivateKeyParameters.class,
                NullMarked.class)
            .map(OtherProcess::placeOf)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        java.toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-cp",
        classPath,
        OtherProcess.class.getName(),
        action,
        file.toString());
  }

  private static String placeOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
