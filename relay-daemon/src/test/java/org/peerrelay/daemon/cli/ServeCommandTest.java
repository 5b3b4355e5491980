package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeCommandTest {
  private static final Pattern LISTENING =
      Pattern.compile(
          "\\{\"event\":\"listening\",\"url\":\"(ws://[^\"]+)\",\"id\":\"([0-9a-f]{40})\"}");

  @TempDir Path folder;

  private RelayProcess serve(String... more) {
    String file = folder.resolve("identity.pem").toString();
    Stream<String> first = Stream.of("serve", "--json", "-p0", "--identity", file);
    String[] all = Stream.concat(first, Stream.of(more)).toArray(String[]::new);
    return RelayProcess.start(all);
  }

  private static Matcher listening(RelayProcess process) {
    String line = process.out().next();
    Matcher matcher = LISTENING.matcher(line);
    assertTrue(matcher.matches(), line);
    return matcher;
  }

  private static String url(RelayProcess process) {
    return listening(process).group(1);
  }

  private static String id(RelayProcess process) {
    return listening(process).group(2);
  }

  @Test
  void sigtermClosesLinksWith1001AndEndsWithStatus0() throws Exception {
    try (RelayProcess serve = serve()) {
      Matcher listening = listening(serve);
      LegacyClient client = LegacyClient.connect(listening.group(1), 7);
      assertTrue(client.hello().startsWith("{\"type\":\"Buffer\",\"data\":["), client.hello());
      assertEquals(event("peer", "07".repeat(20)), serve.out().next());
      serve.terminate();
      assertEquals(1001, client.closeCode());
      assertEquals(0, serve.exitStatus());
      assertEquals("", serve.out().rest());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "HUP"})
  void otherSignalsToEndAreHeededTheSameWay(String signal) throws Exception {
    try (RelayProcess serve = serve("--host", "127.0.0.1")) {
      listening(serve);
      assumeFalse(serve.ignores(signal), "a parent process has the signal ignored");
      serve.signal(signal);
      assertEquals(0, serve.exitStatus());
      assertEquals("", serve.err().rest());
    }
  }

  @Test
  void peersThatComeAndGoAreTold() throws Exception {
    try (RelayProcess serve = serve()) {
      LegacyClient client = LegacyClient.connect(url(serve), 7);
      assertEquals(event("peer", "07".repeat(20)), serve.out().next());
      client.close();
      assertEquals(event("peer-lost", "07".repeat(20)), serve.out().next());
    }
  }

  @Test
  void aConnectionThatSaysNothingDoesNotHoldUpTheEnd() throws Exception {
    try (RelayProcess serve = serve()) {
      URI url = URI.create(url(serve));
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
        LegacyClient.connect(url.toString(), 7);
        serve.terminate();
        assertEquals(0, serve.exitStatus());
        assertTrue(silent.isConnected());
      }
    }
  }

  @Test
  void theIdentitySurvivesRestartsAndKills() throws Exception {
    String first;
    try (RelayProcess serve = serve()) {
      first = id(serve);
      serve.kill();
    }
    try (RelayProcess serve = serve()) {
      assertEquals(first, id(serve));
      serve.terminate();
      assertEquals(0, serve.exitStatus());
    }
    String file = folder.resolve("identity.pem").toString();
    assertEquals(first, Run.of("id", "--identity", file).result());
  }

  @Test
  void aSecondServeTakesAFreshIdAndSaysSo() {
    try (RelayProcess first = serve("--host", "127.0.0.1")) {
      String id = id(first);
      try (RelayProcess second = serve("--host", "127.0.0.1")) {
        assertNotEquals(id, id(second));
        String file = folder.resolve("identity.pem").toString();
        assertEquals(
            "relay: identity file: " + file + " is in use by another node; taking a fresh id",
            second.err().next());
      }
    }
  }

  @Test
  void onAllAddressesItSaysThatItServesItsOwnLinksOnlyAndNamesAUsableUrl() throws Exception {
    try (RelayProcess serve = serve()) {
      String url = url(serve);
      assertTrue(url.startsWith("ws://localhost:"), url);
      assertEquals(
          "relay: serving as a relay for its own links only: there is no --advertise URL at which"
              + " others could dial it",
          serve.err().next());
      LegacyClient.connect(url, 7);
    }
  }

  @Test
  void theUrlIsTheAdvertisedOne() {
    try (RelayProcess serve = serve("--advertise", "wss://relay.example.org/x")) {
      String line = serve.out().next();
      assertTrue(line.contains("\"url\":\"wss://relay.example.org/x\""), line);
      serve.terminate();
      assertEquals("", serve.err().rest());
    }
  }

  @Test
  void aTakenPortIsOneLineAndStatus1() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertEquals(
          "cannot listen on 127.0.0.1 port "
              + port
              + ": Address already in use"
              + " (expected: a free port of this machine); choose another with --port or --host",
          Run.of("serve", "--host=127.0.0.1", "--identity=none", "-p", port).failure(1));
    }
  }

  @Test
  void anAddressOfAnotherMachineIsOneLineAndStatus1() {
    // TEST-NET-1 of RFC 5737.
    String failure = Run.of("serve", "--host=192.0.2.1", "-p0", "--identity=none").failure(1);
    assertTrue(failure.startsWith("cannot listen on 192.0.2.1 port 0: "), failure);
  }

  @Test
  void itGoesOnWhenNobodyReadsItsEvents() throws Exception {
    try (RelayProcess serve =
        RelayProcess.startInShell(
            "\"$@\" | head -n 1", "serve", "-p0", "--host=127.0.0.1", "--identity=none")) {
      String line = serve.out().next();
      Matcher matcher = Pattern.compile("listening on (\\S+) as [0-9a-f]{40}").matcher(line);
      assertTrue(matcher.matches(), line);
      LegacyClient.connect(matcher.group(1), 7);
      assertEquals(
          "relay: standard output: Broken pipe (expected: somebody who reads)", serve.err().next());
      LegacyClient.connect(matcher.group(1), 8);
    }
  }

  @Test
  void aBootstrapUrlThatDoesNotAnswerIsTold() {
    try (RelayProcess serve = serve("--host", "127.0.0.1", "-b", "ws://localhost:1")) {
      listening(serve);
      assertEquals("relay: no relay answers at ws://localhost:1; dialing on", serve.err().next());
    }
  }

  private static String event(String name, String id) {
    return "{\"event\":\"" + name + "\",\"id\":\"" + id + "\"}";
  }
}
