package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two relays; who was bootstrapped to the first alone comes back after a restart when that is gone.
 */
class KnownRelaysTest {
  @TempDir Path folder;

  private RelayProcess first;
  private String firstUrl;
  private RelayProcess second;
  private String secondUrl;
  private String secondId;

  @BeforeEach
  void start() {
    first = serve("none");
    firstUrl = word(first.out().next(), 2);
    second = serve("none", "-b", firstUrl);
    String listening = second.out().next();
    secondUrl = word(listening, 2);
    secondId = word(listening, 4);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private static RelayProcess serve(String identity, String... more) {
    String[] all = new String[6 + more.length];
    System.arraycopy(
        new String[] {"serve", "-p0", "--host", "127.0.0.1", "--identity", identity}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return RelayProcess.start(all);
  }

  private static RelayProcess listen(String url, Path identity) {
    return RelayProcess.start("listen", url, "--dial-private", "--identity", identity.toString());
  }

  private static String word(String line, int index) {
    return line.split(" ", -1)[index];
  }

  private static void await(RelayProcess process, String line) {
    for (String next = process.out().next(); !next.equals(line); next = process.out().next()) {
      assertFalse(next.isEmpty());
    }
  }

  private void assertKnown(Path identity) throws IOException {
    String known = Files.readString(Path.of(identity + ".relays"));
    assertTrue(known.contains(secondId + " 0 " + secondUrl), known);
  }

  @Test
  void aListenerComesBackToARelayThatItHasLearnedOf() throws Exception {
    Path identity = folder.resolve("listener.pem");
    String id;
    try (RelayProcess listener = listen(firstUrl, identity)) {
      id = listener.out().next();
      await(second, "peer " + id);
      // That end is up before this one: what arrives over the link shows that both are.
      Run.of("send", "--wait", secondUrl, id, "hello").result();
      listener.terminate();
      assertEquals(0, listener.exitStatus());
    }
    assertKnown(identity);
    first.kill();
    try (RelayProcess again = listen(firstUrl, identity)) {
      assertEquals(id, again.out().next());
      await(second, "peer " + id);
      Run.of("send", "--wait", secondUrl, id, "hello").result();
      assertEquals("hello", word(again.out().next(), 1));
    }
  }

  @Test
  void aRelayComesBackToARelayThatItHasLearnedOf() throws Exception {
    Path identity = folder.resolve("relay.pem");
    String id;
    try (RelayProcess relay = serve(identity.toString(), "-b", firstUrl)) {
      id = word(relay.out().next(), 4);
      await(relay, "peer " + secondId);
      relay.terminate();
      assertEquals(0, relay.exitStatus());
    }
    assertKnown(identity);
    first.kill();
    try (RelayProcess listener = RelayProcess.start("listen", secondUrl);
        RelayProcess again = serve(identity.toString(), "-b", firstUrl)) {
      String listenerId = listener.out().next();
      String listening = again.out().next();
      assertEquals(id, word(listening, 4));
      await(again, "peer " + secondId);
      Run.of("send", "--wait", word(listening, 2), listenerId, "hello").result();
      assertEquals("hello", word(listener.out().next(), 1));
    }
  }

  @Test
  void aThrowAwayIdentityLeavesNothingUnlessAskedTo() throws Exception {
    Path file = folder.resolve("relays");
    for (String place : new String[] {"none", file.toString()}) {
      try (RelayProcess listener =
          RelayProcess.start("listen", firstUrl, "--known-relays", place)) {
        listener.out().next();
        listener.terminate();
        assertEquals(0, listener.exitStatus());
      }
      assertEquals(!place.equals("none"), Files.exists(file));
    }
  }

  @Test
  void aDamagedFileIsOneWarningAndNoReasonNotToStart() throws Exception {
    Path identity = folder.resolve("listener.pem");
    Path file = Path.of(identity + ".relays");
    Files.writeString(file, "peer-relay known relays 1\n\u0007\n");
    try (RelayProcess listener = listen(firstUrl, identity)) {
      listener.out().next();
      listener.terminate();
      assertEquals(0, listener.exitStatus());
      String warnings = listener.err().rest();
      assertEquals(1, warnings.lines().count(), warnings);
      assertTrue(warnings.contains("known relays file: " + file + ": line 2 is damaged"), warnings);
    }
    assertTrue(Files.readString(file).contains(firstUrl));
  }

  /** As on a full disk: from some moment on the relay can write nothing into files. */
  @Test
  void aFullDiskIsOneWarningAndTheRelayGoesOn() throws Exception {
    Path identity = folder.resolve("relay.pem");
    try (RelayProcess relay = serve(identity.toString(), "-b", firstUrl)) {
      String url = word(relay.out().next(), 2);
      await(relay, "peer " + secondId);
      String pid = Long.toString(relay.pid());
      assertEquals(0, new ProcessBuilder("prlimit", "--fsize=0", "--pid", pid).start().waitFor());
      assertEquals(0, Run.of("ping", "--count=1", url, secondId).status());
      relay.terminate();
      assertEquals(0, relay.exitStatus());
      String warnings = relay.err().rest();
      assertEquals(1, warnings.lines().count(), warnings);
      String warning = "known relays file: " + identity + ".relays: cannot be written: ";
      assertTrue(warnings.contains(warning), warnings);
    }
    assertFalse(Files.exists(Path.of(identity + ".relays")));
  }
}
