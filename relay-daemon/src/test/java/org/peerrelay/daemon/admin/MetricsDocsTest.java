package org.peerrelay.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Refusal;
import org.peerrelay.transport.ServerCertificate;
import org.peerrelay.transport.ServerTls;

/** That docs/operating.md has every metric there is, and no other. */
class MetricsDocsTest {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `([a-z][a-z0-9_]+)` \\| (counter|gauge|summary) \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$");

  /** What is there only with some collectors of garbage, or after the first collection. */
  private static final String SOMETIMES = "not with every JVM";

  private static final Pattern DOCUMENTED_LABEL = Pattern.compile("`([a-z_]+)`");
  private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=");

  private static Set<String> labels(String metrics, String metric) {
    Pattern sample = Pattern.compile(Pattern.quote(metric) + "(?:_count|_sum)?(\\{.*\\})? .*");
    StringBuilder labels = new StringBuilder();
    metrics
        .lines()
        .map(sample::matcher)
        .filter(Matcher::matches)
        .forEach(line -> labels.append(line.group(1)));
    return names(LABEL, labels.toString());
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String page() throws IOException {
    String base = System.getProperty("basedir", System.getProperty("user.dir"));
    return Files.readString(Path.of(base, "..", "docs", "operating.md"));
  }

  @Test
  void thePageAndTheRegistryHaveTheSameMetrics() throws Exception {
    ServerTls tls =
        new ServerTls(
            ServerCertificate.selfSigned(List.of("localhost"), Instant.now(), new SecureRandom()));
    try (AdminScene scene = new AdminScene(builder -> builder.tls(tls)).attach()) {
      scene.get("/nowhere");
      String metrics = scene.get("/metrics").body();
      Set<String> there = new TreeSet<>();
      Matcher type = TYPE.matcher(metrics);
      while (type.find()) {
        there.add(type.group(1) + " " + type.group(2) + labels(metrics, type.group(1)));
      }
      Set<String> documented = new TreeSet<>();
      Matcher row = ROW.matcher(page());
      while (row.find()) {
        String metric = row.group(1) + " " + row.group(2) + names(DOCUMENTED_LABEL, row.group(4));
        if (there.contains(metric) || !row.group(5).contains(SOMETIMES)) {
          documented.add(metric);
        }
      }
      assertEquals(String.join("\n", documented), String.join("\n", there));
    }
  }

  @Test
  void eachTellsWhatItIs() throws Exception {
    try (AdminScene scene = new AdminScene().attach()) {
      scene.get("/nowhere");
      List<String> silent =
          scene.get("/metrics").body().lines().filter(l -> l.matches("# HELP \\S+ *")).toList();
      assertEquals(List.of(), silent);
    }
  }

  @Test
  void thePageHasEveryReason() throws IOException {
    String page = page();
    Stream.of(DropReason.values(), CloseReason.values(), Refusal.values())
        .flatMap(Stream::of)
        .map(reason -> "`" + LinkTree.name(reason) + "`")
        .forEach(reason -> assertTrue(page.contains(reason), reason));
  }

  @Test
  void everyLineIsASampleOrAComment() throws Exception {
    Pattern line =
        Pattern.compile(
            "# (?:HELP|TYPE) [a-z0-9_]+.*"
                + "|[a-z_][a-z0-9_]*(?:\\{[a-z_]+=\"[^\"\\\\]*\"(?:,[a-z_]+=\"[^\"\\\\]*\")*\\})?"
                + " (?:[-+0-9.eE]+|NaN|[+-]Inf)");
    try (AdminScene scene = new AdminScene().attach()) {
      scene
          .get("/metrics")
          .body()
          .lines()
          .forEach(text -> assertTrue(line.matcher(text).matches(), text));
    }
  }
}
