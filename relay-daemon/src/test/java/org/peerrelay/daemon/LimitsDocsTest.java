package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.peerrelay.relay.Refusal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** That the table in docs/limits.md is the one made from the code. */
class LimitsDocsTest {
  private static final String BEGIN = "<!-- made from the code: LimitsDocsTest -->\n\n";
  private static final String END = "\n<!-- end -->";

  private static Path docs() {
    String base = System.getProperty("basedir", System.getProperty("user.dir"));
    return Path.of(base, "..", "docs");
  }

  @Test
  void thePageHasTheTable() throws IOException {
    String page = Files.readString(docs().resolve("limits.md"));
    String expected = LimitRow.table(LimitRows.rows());
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String found = page.substring(begin, Math.max(begin, page.indexOf(END)));
    assertEquals(
        expected, found, "the table in docs/limits.md (put what is expected there, line by line)");
  }

  @Test
  void thereIsARowForEveryOptionThatBoundsSomethingAndForEveryRefusal() {
    Set<String> options = new TreeSet<>();
    for (Object group : List.of(new LimitOptions(), new ChannelOptions(), new SessionOptions())) {
      CommandSpec.forAnnotatedObject(group).options().stream()
          .map(OptionSpec::longestName)
          .forEach(options::add);
    }
    Set<String> inTable = new TreeSet<>();
    LimitRows.rows().stream()
        .map(LimitRow::option)
        .filter(name -> !name.isEmpty())
        .forEach(inTable::add);
    assertEquals(options, inTable);
    Set<Refusal> limits = EnumSet.allOf(Refusal.class);
    // These are refused whatever their number.
    limits.removeAll(Set.of(Refusal.NO_TOKEN, Refusal.WRONG_ORIGIN));
    assertTrue(LimitRow.hasAll(LimitRows.rows(), limits), "a row for every Refusal");
  }
}
