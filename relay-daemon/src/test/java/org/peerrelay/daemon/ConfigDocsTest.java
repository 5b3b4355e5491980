package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That docs/operating.md has a row for each key, with its default. */
class ConfigDocsTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| (`[a-z-]+`) \\| ?(`[^`]*`)? ?\\| (.*) \\|$", Pattern.MULTILINE);
  private static final String CHANGES = "changed by SIGHUP";

  @Test
  void theTableHasAllKeysInTheOrderOfTheHelp() throws IOException {
    Console console = new Console(System.in, System.out, System.err, Map.of("HOME", "~"));
    CommandLine relay = RelayCommand.commandLine(console);
    CommandLine serve = Objects.requireNonNull(relay.getSubcommands().get("serve"));
    List<String> expected = new ArrayList<>();
    ConfigFile.options(serve.getCommandSpec())
        .forEach(
            (key, option) -> {
              Object byDefault = option.initialValue();
              boolean none = byDefault == null || byDefault.equals(List.of());
              expected.add(row("`" + key + "`", none ? "" : "`" + byDefault + "`", key));
            });
    Path docs =
        Path.of(System.getProperty("basedir", System.getProperty("user.dir")), "..", "docs");
    String page = Files.readString(docs.resolve("operating.md"));
    List<String> found = new ArrayList<>();
    for (Matcher row = ROW.matcher(page); row.find(); ) {
      String byDefault = row.group(2) == null ? "" : row.group(2);
      String key = row.group(3).contains(CHANGES) ? "verbose" : "";
      found.add(row(row.group(1), byDefault, key));
    }
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }

  private static String row(String key, String byDefault, String changed) {
    return key + " " + byDefault + (Reload.changes(changed) ? " " + CHANGES : "");
  }
}
