package org.peerrelay.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The rivals that come from npm. */
final class NodePackages {
  private NodePackages() {}

  /** What this machine lacks to run a package; empty if nothing. */
  static Optional<String> missing(Path npmFolder, String name) {
    Optional<String> node = Executables.missing("node", "install Node 18 or later");
    if (node.isPresent() || Files.isDirectory(npmFolder.resolve("node_modules").resolve(name))) {
      return node;
    }
    return Optional.of(
        "npm package " + name + ": not found (expected: after `npm ci` in relay-bench/npm)");
  }
}
