package org.peerrelay.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that this machine has or lacks. */
final class Executables {
  /** Where Debian puts servers, which is not on everybody's path. */
  private static final List<String> SERVER_FOLDERS = List.of("/usr/sbin", "/sbin");

  private Executables() {}

  static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Arrays.stream(path.split(":", -1)), SERVER_FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What to do if {@code name} is not there; empty if it is. */
  static Optional<String> missing(String name, String remedy) {
    return find(name).isPresent()
        ? Optional.empty()
        : Optional.of(name + ": not found (expected: on the PATH; " + remedy + ")");
  }
}
