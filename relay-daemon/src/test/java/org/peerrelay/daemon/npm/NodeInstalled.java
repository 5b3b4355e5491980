package org.peerrelay.daemon.npm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The condition behind {@link NeedsNpm}. */
final class NodeInstalled implements ExecutionCondition {
  static final String NODE = "node";

  private static final int VERSION_DEADLINE_S = 30;

  /** The folder with the driver, in the module that is being tested. */
  static Path npmFolder() {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    return Path.of(module, "src", "test", "npm");
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean ci = "true".equals(System.getenv("CI"));
    ConditionEvaluationResult result = decide(missing(NODE, npmFolder()), ci);
    if (result.isDisabled()) {
      // Maven counts what was skipped on the console, but leaves the reason to its reports.
      System.err.println(context.getDisplayName() + ": " + result.getReason().orElseThrow());
    }
    return result;
  }

  static ConditionEvaluationResult decide(Optional<String> missing, boolean ci) {
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("node and its packages are there");
    }
    if (ci) {
      throw new IllegalStateException("npm tests cannot run, and CI=true: " + missing.get());
    }
    return ConditionEvaluationResult.disabled("npm tests skipped: " + missing.get());
  }

  /** What to install, or nothing. */
  static Optional<String> missing(String node, Path npmFolder) {
    if (!runs(node)) {
      return Optional.of(
          node + ": not found; install Node 18 or later, then run " + npmCi(npmFolder));
    }
    Path installed =
        npmFolder.resolve("node_modules").resolve("peer-relay").resolve("package.json");
    if (!Files.isRegularFile(installed)) {
      return Optional.of("node_modules: not found; run " + npmCi(npmFolder));
    }
    return Optional.empty();
  }

  private static String npmCi(Path npmFolder) {
    return "`npm ci` in " + npmFolder;
  }

  private static boolean runs(String node) {
    try {
      Process process =
          new ProcessBuilder(node, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(VERSION_DEADLINE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
