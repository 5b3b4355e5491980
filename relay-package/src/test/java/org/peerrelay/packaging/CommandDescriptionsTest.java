package org.peerrelay.packaging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandDescriptionsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void describe() throws IOException {
    CommandDescriptions.main(new String[] {folder.toString()});
  }

  @Test
  void everyCommandHasAPage() throws IOException {
    assertHas("relay.adoc", "[*serve*]::");
    assertHas("relay-serve.adoc", "*-p*, *--port*=_PORT_::");
    assertHas("relay-simulate.adoc", "*relay simulate*");
  }

  @Test
  void theNameIsFollowedByOneSentence() throws IOException {
    assertHas("relay-serve.adoc", "messages to one another\n");
    assertHas("relay.adoc", "relay - Relays messages among peers that know each other by id\n");
  }

  @Test
  void optionsThatMayBeRepeatedAreMarkedLikeOthers() throws IOException {
    assertHas("relay-serve.adoc", "*--bootstrap*=_URL_::");
  }

  @Test
  void sectionsAreThoseOfTheHelpLessTheirColons() throws IOException {
    assertHas("relay-serve.adoc", "\n== Exit status\n");
    assertHas("relay-serve.adoc", "\n== Environment\n");
  }

  @Test
  void defaultsAreNotThoseOfTheBuilder() throws IOException {
    assertHas("relay-serve.adoc", "~/.local/state/peer-relay/identity.pem");
    assertFalse(text("relay-serve.adoc").contains(System.getProperty("user.home") + "/"));
  }

  @Test
  void bashCompletesCommandsAndOptions() throws IOException {
    assertHas("relay.bash", "serve");
    assertHas("relay.bash", "--bootstrap");
  }

  private static void assertHas(String file, String expected) throws IOException {
    String text = text(file);
    assertTrue(text.contains(expected), () -> file + " has no '" + expected + "':\n" + text);
  }

  private static String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
