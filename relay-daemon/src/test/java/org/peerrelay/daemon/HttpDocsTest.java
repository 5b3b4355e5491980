package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.access.Access;
import org.peerrelay.daemon.channels.ChannelLimits;
import org.peerrelay.daemon.channels.SignalChannels;
import org.peerrelay.daemon.gateway.Gateway;
import org.peerrelay.daemon.gateway.GatewayLimits;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.HttpScene;
import org.peerrelay.daemon.http.Route;
import org.peerrelay.id.PeerId;

/** That docs/http.md and docs/openapi.json say what the program does. */
class HttpDocsTest {
  private static final String BREAK = "--- end of a block ---";
  private static final Pattern BLOCK =
      Pattern.compile("```sh\\n(.*?)```\\n(?:\\s*```text\\n(.*?)```\\n)?", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\\b(?:[0-9a-f]{40}|[0-9a-f]{32})\\b");

  private static Path docs() {
    return Path.of(System.getProperty("basedir", System.getProperty("user.dir")), "..", "docs");
  }

  private static Gateway gateway() {
    return new Gateway(() -> GatewayLimits.DEFAULT, new SecureRandom(), new HttpCounters());
  }

  private static List<Route> routes(Gateway gateway) {
    SignalChannels channels = new SignalChannels(DaemonRoutes.CHANNELS, ChannelLimits.DEFAULT);
    return DaemonRoutes.of(PeerId.ofHex("00".repeat(20)), channels, gateway, Access.open());
  }

  @Test
  void theCurlLinesPrintWhatThePageSays(@TempDir Path folder) throws Exception {
    StringBuilder script = new StringBuilder();
    List<String> expected = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(docs().resolve("http.md")));
    while (block.find()) {
      script.append(block.group(1)).append("echo; echo '" + BREAK + "'\n");
      expected.add(block.group(2) == null ? "" : block.group(2));
    }
    assertTrue(expected.size() > 4, "blocks: " + expected.size());
    try (Gateway gateway = gateway();
        HttpScene scene = new HttpScene(routes(gateway), HttpLimits.DEFAULT, new HttpCounters())) {
      gateway.attach(scene.relay(), null);
      Process shell =
          new ProcessBuilder(
                  "sh", "-ec", script.toString().replace("localhost:8000", scene.authority()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              // A file, since what runs in the background would hold a pipe open.
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      boolean ended = shell.waitFor(30, TimeUnit.SECONDS);
      shell.destroyForcibly();
      String output = Files.readString(folder.resolve("output"));
      assertTrue(ended, output);
      List<String> printed = List.of(output.split(BREAK, -1));
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(shape(expected.get(i)), shape(printed.get(i)), output);
      }
    }
  }

  /** All ids are alike, and space at the ends does not count. */
  private static String shape(String text) {
    return NAME.matcher(text).replaceAll("NAME").strip();
  }

  @Test
  void openApiHasTheRoutesThatThereAre() throws IOException {
    try (Gateway gateway = gateway()) {
      Set<String> there =
          routes(gateway).stream()
              .map(route -> route.method() + " " + route.template())
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(there, operations());
    }
  }

  /** Such as {@code GET /}. */
  private static Set<String> operations() throws IOException {
    Set<String> operations = new TreeSet<>();
    try (JsonParser json =
        new JsonFactory().createParser(docs().resolve("openapi.json").toFile())) {
      String path = "";
      int depth = 0;
      boolean inPaths = false;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          inPaths = depth == 1 ? name.equals("paths") : inPaths;
          path = depth == 2 ? name : path;
          if (inPaths && depth == 3 && !name.equals("parameters")) {
            operations.add(name.toUpperCase(Locale.ROOT) + " " + path);
          }
        }
      }
    }
    return operations;
  }

  /** All that the code refuses for; the compiler does not find them, so a search does. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "channels", "gateway"})
  void everyReasonStandsOnThePage(String room) throws IOException {
    String page = Files.readString(docs().resolve("http.md"));
    Path sources = docs().resolve("../relay-daemon/src/main/java/org/peerrelay/daemon/" + room);
    Pattern reason =
        Pattern.compile(
            "(?:\\d{3},\\s+|countRefused\\(|SLOW_READER = |expire\\([^;\"]*)\"([a-z0-9-]+)\"");
    int found = 0;
    try (var files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Matcher matcher = reason.matcher(Files.readString(file));
        while (matcher.find()) {
          found++;
          assertTrue(page.contains("`" + matcher.group(1) + "`"), matcher.group(1));
        }
      }
    }
    assertTrue(found > 5, "found " + found);
  }
}
