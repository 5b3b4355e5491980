package org.peerrelay.daemon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;

/**
 * That the parser of Prometheus' own library for Python reads the metrics, and as they are meant.
 */
class PrometheusParserTest {
  /** Debian's, which has Debian's packages; another one may come before it on the PATH. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String PARSE =
      """
      import sys
      from prometheus_client.parser import text_string_to_metric_families
      for family in text_string_to_metric_families(sys.stdin.read()):
          for sample in family.samples:
              labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
              print(family.type, sample.name, "{" + labels + "}", sample.value)
      """;

  private record Said(int status, String text) {}

  private static Said python(String script, String input) throws IOException, InterruptedException {
    Process python = new ProcessBuilder(PYTHON, "-c", script).redirectErrorStream(true).start();
    try (OutputStream in = python.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    String text = new String(python.getInputStream().readAllBytes(), UTF_8);
    return new Said(python.waitFor(), text);
  }

  private static boolean isThere() throws InterruptedException {
    try {
      return python("import prometheus_client.parser", "").status() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }

  @BeforeAll
  static void needTheParser() throws InterruptedException {
    boolean there = isThere();
    String missing = "prometheus_client: not found (apt-get install python3-prometheus-client)";
    if (!there && "true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    assumeTrue(there, missing);
  }

  @Test
  void everySampleIsReadWithItsType() throws Exception {
    try (AdminScene scene = new AdminScene().attach();
        Peer leaf = scene.leaf()) {
      assertTrue(scene.relay.isLinked(leaf.id()));
      String metrics = scene.get("/metrics").body();
      Said said = python(PARSE, metrics);
      assertEquals(0, said.status(), said.text());
      List<String> samples = said.text().lines().toList();
      assertEquals(
          metrics.lines().filter(line -> !line.startsWith("#")).count(), samples.size(), metrics);
      assertTrue(
          samples.stream().allMatch(sample -> sample.matches("(counter|gauge|summary) .*")),
          said.text());
      for (String sample :
          List.of(
              "gauge relay_links {direction=in,kind=leaf,protocol=2} 1.0",
              "counter relay_handshakes_total {result=linked} 1.0",
              "gauge relay_channels {} 3.0")) {
        assertTrue(samples.contains(sample), said.text());
      }
    }
  }
}
