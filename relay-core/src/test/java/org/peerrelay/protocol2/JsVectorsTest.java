package org.peerrelay.protocol2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NeedsJsClient
class JsVectorsTest {
  @Test
  void theGoldenVectorsAreThoseOfTheJavaScriptClient() throws Exception {
    String file =
        JsClientInstalled.module().resolveSibling("docs/protocol-vectors.json").toString();
    Process check =
        new ProcessBuilder(JsClientInstalled.NODE, "--no-warnings", "vectors.mjs", "check", file)
            .directory(JsClientInstalled.folder().toFile())
            .redirectErrorStream(true)
            .start();

    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(check.waitFor(20, TimeUnit.SECONDS), output);
    assertEquals(0, check.exitValue(), output);
  }
}
