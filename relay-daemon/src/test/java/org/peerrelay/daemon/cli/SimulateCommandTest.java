package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.lab.chart.ChartFiles;

/** Small networks; what simulations find is tested where they are. */
class SimulateCommandTest {
  private static Run simulate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("simulate", "--relays=10", "--peers=20", "--pairs=50", "--minutes=0.7"));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  /** The names of the object's members, and of those of the objects in it, in order. */
  private static List<String> members(String line) throws IOException {
    List<String> members = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          members.add(parser.currentName());
        }
      }
    }
    return members;
  }

  @Test
  void peopleGetATableAndWhereNoTerminalIsNoProgress() {
    Run run = simulate("--legacy-peers=2");

    assertEquals(0, run.status(), run::toString);
    assertEquals(List.of(), run.err());
    assertEquals("10 relays, 20 leaves, 2 legacy peers, seed 1", run.out().get(0));
    assertTrue(run.out().get(1).startsWith("first datagrams "), run::toString);
    assertTrue(run.out().get(1).contains(" of 50 arrived"), run::toString);
  }

  @Test
  void programsGetOneJsonObject() throws IOException {
    List<String> members = members(simulate("--json").result());

    assertEquals(List.of("event", "report", "scenario", "seed"), members.subList(0, 4));
    assertTrue(members.containsAll(List.of("findings", "violations", "performance", "wallS")));
  }

  @Test
  void equalSeedsGiveEqualResults() {
    String findings = findings(simulate("--json"));
    assertEquals(findings, findings(simulate("--json", "--seed=1")));
    assertNotEquals(findings, findings(simulate("--json", "--seed=2")));
  }

  private static String findings(Run run) {
    return run.result().replaceFirst(".*\"findings\":", "").replaceFirst("\"performance\":.*", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--churn=1 --silent-deaths=1",
        "--loss=0.01 --latency=5",
        "--malicious=0.2 --malice=false-pointers --tries=3",
        "--eclipse=3",
        "--partition=0.1",
        "--scenario=malicious --malice=lie"
      })
  void everyKindOfTroubleCanBeSimulated(String options) {
    assertEquals(0, simulate(options.split(" ")).status(), options);
  }

  @Test
  void aPopulationThatDoesNotFitIntoMemoryIsRefused() {
    String failure = Run.of("simulate", "--relays=1000000", "--peers=10000000").failure(2);
    assertTrue(
        failure.matches("memory for this population: \\d+ MB \\(expected: at most \\d+ MB, .*\\)"),
        failure);
  }

  @Test
  void chartsAreWrittenIntoAFolder(@TempDir Path parent) {
    assumeTrue(ChartFiles.canDraw(), "fonts: none on this machine (expected: some, for charts)");
    Path folder = parent.resolve("made/for/this");
    Run run = simulate("--charts=" + folder);

    assertEquals(0, run.status(), run::toString);
    for (String chart : List.of("delivery", "hops", "control")) {
      assertTrue(
          run.err().contains("relay: drew " + folder.resolve(chart) + ".svg and .png"), chart);
      assertTrue(Files.exists(folder.resolve(chart + ".svg")), chart);
      assertTrue(Files.exists(folder.resolve(chart + ".png")), chart);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIntoIsRefusedAtOnce(@TempDir Path parent) throws IOException {
    assumeTrue(ChartFiles.canDraw(), "fonts: none on this machine (expected: some, for charts)");
    Path file = Files.createFile(parent.resolve("file"));

    assertEquals(
        "--charts: '" + file + "' (expected: a folder to write into)",
        simulate("--charts=" + file).failure(1));
  }
}
