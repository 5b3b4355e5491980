package org.peerrelay.protocol2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The condition behind {@link NeedsJsClient}. */
final class JsClientInstalled implements ExecutionCondition {
  static final String NODE = "node";

  private static final int VERSION_TIMEOUT_S = 30;

  /** Where the client stands. */
  static Path folder() {
    return module().resolve(Path.of("src", "test", "protocol2"));
  }

  /** The module that is being tested. */
  static Path module() {
    return Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String missing = missing();
    if (missing == null) {
      return ConditionEvaluationResult.enabled("the JavaScript client can run");
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("the JavaScript client cannot run, and CI=true: " + missing);
    }
    // Maven counts what was skipped on the console, but leaves the reason to its reports.
    System.err.println(context.getDisplayName() + ": skipped: " + missing);
    return ConditionEvaluationResult.disabled(missing);
  }

  private static @Nullable String missing() {
    if (!nodeRuns()) {
      return NODE
          + ": not found (expected: Node 20 or later, and `npm ci` run in "
          + folder()
          + ")";
    }
    if (!Files.isRegularFile(folder().resolve(Path.of("node_modules", "ws", "package.json")))) {
      return "node_modules: not found (expected: `npm ci` run in " + folder() + ")";
    }
    return null;
  }

  private static boolean nodeRuns() {
    try {
      Process process =
          new ProcessBuilder(NODE, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(VERSION_TIMEOUT_S, TimeUnit.SECONDS)) {
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
