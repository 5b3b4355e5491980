package org.peerrelay.daemon.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.io.TempDir;

final class NodeInstalledTest {
  @Test
  void whereNodeIsMissingTheReasonSaysWhatToInstall(@TempDir Path folder) {
    String missing = NodeInstalled.missing("no-such-node", folder).orElseThrow();
    assertTrue(missing.startsWith("no-such-node: not found; install Node"), missing);
    assertTrue(missing.endsWith("`npm ci` in " + folder), missing);
  }

  @Test
  @NeedsNpm
  void wherePackagesAreMissingTheReasonSaysHowToGetThem(@TempDir Path folder) {
    String missing = NodeInstalled.missing(NodeInstalled.NODE, folder).orElseThrow();
    assertEquals("node_modules: not found; run `npm ci` in " + folder, missing);
  }

  @Test
  void somethingMissingSkipsTheTestsWithTheReason() {
    ConditionEvaluationResult result = NodeInstalled.decide(Optional.of("node: gone"), false);
    assertTrue(result.isDisabled());
    assertEquals("npm tests skipped: node: gone", result.getReason().orElseThrow());
  }

  @Test
  void somethingMissingFailsTheTestsUnderCi() {
    Optional<String> missing = Optional.of("node: gone");
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> NodeInstalled.decide(missing, true));
    assertTrue(failure.toString().contains("node: gone"), failure.toString());
  }

  @Test
  void nothingMissingRunsTheTests() {
    assertFalse(NodeInstalled.decide(Optional.empty(), true).isDisabled());
  }
}
