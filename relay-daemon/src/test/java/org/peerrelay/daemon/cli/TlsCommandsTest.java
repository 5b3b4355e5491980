package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.testing.TestAuthority;
import org.peerrelay.testing.TestAuthority.Issued;

/** A relay that speaks TLS, and the commands that talk to it. */
class TlsCommandsTest {
  private static final Pattern LISTENING =
      Pattern.compile("listening on (wss://\\S+) as ([0-9a-f]{40})");

  @TempDir Path folder;

  private final TestAuthority authority = new TestAuthority();
  private Path ca;

  private record Serving(RelayProcess process, String url, String id) implements AutoCloseable {
    URI https(String path) {
      return URI.create(url.replaceFirst("wss", "https") + path);
    }

    @Override
    public void close() {
      process.close();
    }
  }

  @BeforeEach
  void trust() throws IOException {
    ca = Files.writeString(folder.resolve("ca.pem"), authority.pem());
  }

  private Serving serve(String... more) throws IOException {
    return serve(authority.issue("127.0.0.1"), more);
  }

  private Serving serve(Issued issued, String... more) throws IOException {
    Path certificate = Files.writeString(folder.resolve("cert.pem"), issued.chain());
    Path key = Files.writeString(folder.resolve("key.pem"), issued.key());
    return of(
        "--host=127.0.0.1",
        Stream.concat(
            Stream.of("--tls-cert", certificate.toString(), "--tls-key", key.toString()),
            Stream.of(more)));
  }

  private static Serving of(String host, Stream<String> more) {
    Stream<String> first = Stream.of("serve", "-p0", host, "--identity=none");
    RelayProcess process = RelayProcess.start(Stream.concat(first, more).toArray(String[]::new));
    String line = process.out().next();
    Matcher matcher = LISTENING.matcher(line);
    assertTrue(matcher.matches(), line);
    return new Serving(process, matcher.group(1), matcher.group(2));
  }

  private void assertTalks(Serving serving, String url, String trusted) {
    try (RelayProcess listen = RelayProcess.start("listen", "--tls-ca", trusted, url)) {
      String listener = listen.out().next();
      Run send = Run.of("send", "--wait", "--tls-ca", trusted, serving.url, listener, "hello");
      assertEquals(0, send.status(), send::toString);
      assertTrue(listen.out().next().endsWith(" hello"));
      Run trace = Run.of("trace", "--tls-ca", trusted, serving.url, listener);
      assertEquals(0, trace.status(), trace::toString);
    }
  }

  @Test
  void commandsTalkToARelayWhoseAuthorityTheyWereGiven() throws Exception {
    try (Serving serving = serve()) {
      assertTalks(serving, serving.url, ca.toString());
    }
  }

  @Test
  void channelsAndLoadAreThereForThoseWhoBelieveIt() throws Exception {
    try (Serving serving = serve()) {
      String channels = serving.https("/channels").toString();
      try (RelayProcess owner =
          RelayProcess.startInShell(
              "echo '\"hello\"' | \"$@\"", "channel", "--tls-ca", ca.toString(), channels)) {
        assertTrue(owner.out().next().startsWith("[\"connect\","));
        assertEquals("[\"signal\",\"hello\"]", owner.out().next());
      }
      Run bench =
          Run.of("bench", "--clients=2", "--seconds=1", "--tls-ca", ca.toString(), serving.url);
      assertEquals(0, bench.status(), bench::toString);
      assertEquals(
          channels
              + ": nobody who is trusted vouches for its certificate (expected: an authority that"
              + " Java knows, or one that this node was given)",
          Run.of("channel", channels).failure(3));
      Run distrusting = Run.of("bench", "--clients=2", "--seconds=1", serving.url);
      assertEquals(3, distrusting.status(), distrusting::toString);
      assertTrue(
          distrusting.err().stream().anyMatch(line -> line.contains("certification path")),
          distrusting::toString);
    }
  }

  @Test
  void relaysLinkByTls() throws Exception {
    try (Serving first = serve();
        Serving second = serve("-b", first.url, "--tls-ca", ca.toString())) {
      assertEquals("peer " + second.id, first.process.out().next());
      assertEquals("peer " + first.id, second.process.out().next());
      assertTalks(first, second.url, ca.toString());
    }
  }

  @Test
  void aSelfSignedOneIsTriedOutAsTheRelaySays() {
    try (Serving serving = of("--host=0.0.0.0", Stream.of("--tls-self-signed"))) {
      String certificate = serving.process.err().next();
      assertTrue(
          certificate.matches("relay: self-signed certificate, SHA-256 [0-9A-F:]{95}, until .*"),
          certificate);
      String hint = serving.process.err().next();
      String file = hint.substring("relay: clients believe it with --tls-ca ".length());
      assertTrue(serving.url.startsWith("wss://localhost:"), serving.url);
      assertTalks(serving, serving.url.replace("localhost", "127.0.0.1"), file);
      assertEquals(3, Run.of("ping", "--timeout=1", serving.url, serving.id).status());
      serving.process.terminate();
      assertTrue(serving.process.out().rest().startsWith("peer "));
      assertTrue(Files.notExists(Path.of(file)), file);
    }
  }

  @Test
  void itsHttpAndItsSessionsAreThereByHttps() throws Exception {
    // As usual, the certificate is for a name, and not for the address that sessions dial.
    try (Serving serving = serve(authority.issue("relay.example", "localhost"))) {
      HttpClient client = HttpClient.newBuilder().sslContext(authority.sslContext()).build();
      URI sessions = URI.create("https://localhost:" + serving.https("").getPort() + "/sessions");
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(sessions).POST(BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      assertEquals(201, response.statusCode(), response::body);
      String peer = serving.process.out().next();
      assertTrue(response.body().contains(peer.substring("peer ".length())), peer);
    }
  }

  private static String output(ProcessBuilder command) throws Exception {
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + "\n" + output;
  }

  private static boolean isThere(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }

  @Test
  void curlGetsThePage() throws Exception {
    assumeTrue(isThere("curl"), "curl is not there");
    try (Serving serving = serve()) {
      String output =
          output(
              new ProcessBuilder(
                  "curl", "-sS", "--cacert", ca.toString(), serving.https("/").toString()));
      assertTrue(output.startsWith("0\n"), output);
      assertTrue(output.contains(serving.id), output);
    }
  }

  @Test
  void onHangUpTheFilesAreReadAgain() throws Exception {
    Path config = Files.writeString(folder.resolve("relay.properties"), "");
    try (Serving serving = serve("--config", config.toString())) {
      Issued next = authority.issueRsa("127.0.0.1");
      Files.writeString(folder.resolve("cert.pem"), next.chain());
      Files.writeString(folder.resolve("key.pem"), next.key());
      serving.process.signal("HUP");
      String note = serving.process.err().next();
      assertTrue(note.startsWith("relay: certificate in " + folder.resolve("cert.pem")), note);
      assertEquals("relay: reloaded " + config, serving.process.err().next());
      assertTalks(serving, serving.url, ca.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  @Timeout(300)
  void opensslFindsNothingWeak(String algorithm) throws Exception {
    assumeTrue(isThere("openssl"), "openssl is not there");
    Issued issued =
        algorithm.equals("RSA") ? authority.issueRsa("127.0.0.1") : authority.issue("127.0.0.1");
    Path script =
        Path.of(System.getProperty("basedir", System.getProperty("user.dir")))
            .resolve("../scripts/check-tls");
    try (Serving serving = serve(issued)) {
      String output =
          output(
              new ProcessBuilder(
                  script.toString(), URI.create(serving.url).getAuthority(), ca.toString()));
      assertTrue(output.startsWith("0\n"), output);
      assertEquals(
          List.of("tls1_2", "tls1_3"),
          output
              .lines()
              .filter(l -> l.matches("accepted +tls1_."))
              .map(l -> l.substring(11))
              .toList(),
          output);
      assertTrue(output.contains("accepted   its certificate, for 127.0.0.1"), output);
    }
  }

  @Test
  @NeedsNpm
  void npmPeersComeByTlsWhereNodeWasGivenTheAuthority() throws Exception {
    try (Serving serving = serve();
        NpmHost host = NpmHost.startIn(Map.of("NODE_EXTRA_CA_CERTS", ca.toString()));
        RelayProcess listen =
            RelayProcess.start("listen", "--tls-ca", ca.toString(), serving.url)) {
      NpmPeer alice = host.open("alice", serving.url);
      alice.awaitAccepted(serving.id);
      alice.send(listen.out().next(), "\"hello\"");
      assertEquals(alice.id() + "? hello", listen.out().next());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tls-cert x | --tls-cert: alone (expected: both --tls-cert and --tls-key, or neither)",
        "--tls-key x | --tls-key: alone (expected: both --tls-cert and --tls-key, or neither)",
        "--tls-cert x --tls-key y --tls-self-signed | --tls-self-signed: with --tls-cert"
            + " (expected: one of them)",
        "--tls-self-signed --advertise ws://relay.example | --advertise: 'ws://relay.example'"
            + " (expected: wss://HOST:PORT, since the port speaks TLS)"
      })
  void whatDoesNotGoTogetherIsOneClearLine(String options, String line) {
    String[] arguments =
        Stream.concat(Stream.of("serve", "-p0", "--identity=none"), Stream.of(options.split(" ")))
            .toArray(String[]::new);
    assertEquals(line, Run.of(arguments).failure(2));
  }

  @Test
  void filesThatCannotBeUsedAreOneClearLine() throws Exception {
    String nowhere = folder.resolve("nowhere.pem").toString();
    String[] serve = {
      "serve", "-p0", "--identity=none", "--tls-cert", nowhere, "--tls-key", nowhere
    };
    assertEquals(
        "--tls-cert: cannot read " + nowhere + " (No such file or directory)",
        Run.of(serve).failure(1));
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertEquals(
        "--tls-ca: " + empty + ": certificate: none (expected: PEM, at least one)",
        Run.of("ping", "--tls-ca", empty.toString(), "wss://127.0.0.1:1", Run.SOME_ID).failure(1));
    assertEquals(
        "--tls-ca: cannot read " + nowhere + " (No such file or directory)",
        Run.of("listen", "--tls-ca", nowhere, "wss://127.0.0.1:1").failure(1));
  }
}
