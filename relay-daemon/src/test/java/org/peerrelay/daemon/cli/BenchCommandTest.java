package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.Peer;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;

/** Load on a relay in this process. */
class BenchCommandTest {
  private Peer relay;

  @BeforeEach
  void startRelay() throws IOException {
    relay =
        Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
  }

  @AfterEach
  void closeRelay() {
    relay.close();
  }

  private String url() {
    return String.valueOf(relay.url());
  }

  /** The members of the object, and of those in it, as text. */
  private static Map<String, String> json(String line) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          members.put(parser.currentName(), parser.getText());
        }
      }
    }
    return members;
  }

  private static double number(Map<String, String> json, String name) {
    return Double.parseDouble(String.valueOf(json.get(name)));
  }

  private static Map<String, String> succeeded(Run run) throws IOException {
    assertEquals(0, run.status(), run::toString);
    assertEquals(1, run.out().size(), run::toString);
    return json(run.out().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "legacy"})
  void atALowRateNothingIsLost(String protocol) throws IOException {
    Map<String, String> result =
        succeeded(
            Run.of(
                "bench",
                url(),
                "--clients=10",
                "--payload=200",
                "--rate=500",
                "--seconds=2",
                "--protocol",
                protocol,
                "--json"));

    assertEquals(
        List.of(
            "event",
            "url",
            "protocol",
            "clients",
            "payloadBytes",
            "ratePerSecond",
            "seconds",
            "sent",
            "late",
            "delivered",
            "lost",
            "duplicates",
            "corrupted",
            "strays",
            "blocked",
            "connectionsLost",
            "throughputPerSecond",
            "p50",
            "p90",
            "p99",
            "p99.9",
            "max"),
        List.copyOf(result.keySet()));
    assertEquals("bench", result.get("event"));
    assertEquals(url(), result.get("url"));
    assertEquals(protocol, result.get("protocol"));
    assertEquals("10", result.get("clients"));
    assertEquals("200", result.get("payloadBytes"));
    assertEquals("500", result.get("ratePerSecond"));
    assertEquals("2.0", result.get("seconds"));
    assertEquals("1000", result.get("sent"));
    assertEquals("1000", result.get("delivered"));
    for (String wrong :
        List.of("lost", "duplicates", "corrupted", "strays", "blocked", "connectionsLost")) {
      assertEquals("0", result.get(wrong), wrong);
    }
    assertTrue(number(result, "throughputPerSecond") > 0, result::toString);
    assertTrue(number(result, "p50") > 0, result::toString);
    assertTrue(number(result, "p50") <= number(result, "max"), result::toString);
  }

  @Test
  void peopleGetATableAndAreToldWhatIsGoingOn() {
    Run run = Run.of("bench", url(), "--clients=2", "--seconds=2", "--rate=100");

    assertEquals(0, run.status(), run::toString);
    assertEquals(
        "2 clients, protocol 2, 100 messages a second of 100 bytes, 2.0 s", run.out().get(0));
    assertEquals("sent                          200", run.out().get(1));
    assertEquals(
        "latency in ms       p50       p90       p99     p99.9       max",
        run.out().get(run.out().size() - 2));
    assertEquals("relay: connecting 2 clients to " + url(), run.err().get(0));
    assertEquals("relay: connected; 100 messages a second of 100 bytes, for 2 s", run.err().get(1));
    assertTrue(
        run.err().get(2).matches("relay: \\d+ messages sent, \\d+ delivered"), run::toString);
  }

  @Test
  void flatOutItSendsAsFastAsTheRelayDelivers() throws IOException {
    Map<String, String> result =
        succeeded(Run.of("bench", url(), "--clients=4", "--seconds=1", "--flat-out", "--json"));

    assertEquals("1000", result.get("inFlight"));
    assertTrue(number(result, "throughputPerSecond") > 500, result::toString);
    assertEquals("0", result.get("duplicates"));
  }

  @Test
  void lossAndDuplicatesOfARelayAreCounted() throws IOException {
    Map<String, String> result;
    try (LossyRelay lossy = new LossyRelay()) {
      result =
          succeeded(
              Run.of("bench", lossy.url(), "--clients=10", "--rate=500", "--seconds=2", "--json"));
    }

    assertEquals(1_000, number(result, "sent"));
    assertEquals(100, number(result, "lost"), 5);
    assertEquals(900, number(result, "delivered"), 5);
    // Of all 1,500, before the measured time too, every seventh that is no tenth.
    assertEquals("193", result.get("duplicates"));
  }

  private static String failure(Run run) {
    assertEquals(3, run.status(), run::toString);
    assertEquals(List.of(), run.out(), run::toString);
    assertEquals(2, run.err().size(), run::toString);
    return run.err().get(1);
  }

  @Test
  void whereNoRelayIsTheStatusIs3() throws IOException {
    String dead;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = "ws://127.0.0.1:" + closed.getLocalPort();
    }
    assertEquals(
        "relay: " + dead + ": connection: Connection refused (expected: an open one)",
        failure(Run.of("bench", dead)));
    assertEquals(
        "relay: ws://nosuch.invalid: host: 'nosuch.invalid' (expected: one that resolves)",
        failure(Run.of("bench", "ws://nosuch.invalid")));
    assertEquals(
        "relay: " + url().replace("ws:", "wss:") + ": connection: no TLS (expected: an open one)",
        failure(Run.of("bench", url().replace("ws:", "wss:"))));
  }

  @Test
  void aRelayThatSpeaksAnotherProtocolIsTold() {
    try (LossyRelay lossy = new LossyRelay()) {
      String failure = failure(Run.of("bench", lossy.url(), "--protocol=legacy"));
      assertTrue(failure.startsWith("relay: " + lossy.url() + ": hello: "), failure);
    }
  }

  @Test
  @NeedsNpm
  void anNpmRelayIsMeasuredInItsOwnProtocolAndNoOther() throws IOException {
    try (NpmHost host = NpmHost.start()) {
      String url = host.listen("server").url();
      assertEquals(
          "relay: " + url + ": protocol of the relay: legacy (expected: protocol 2)",
          failure(Run.of("bench", url)));
      Map<String, String> result =
          succeeded(
              Run.of(
                  "bench",
                  url,
                  "--protocol=legacy",
                  "--clients=5",
                  "--rate=100",
                  "--seconds=1",
                  "--json"));
      assertEquals("100", result.get("delivered"), result::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void toldToEndItTellsWhatItHas(String signal) throws Exception {
    try (RelayProcess bench =
        RelayProcess.start("bench", url(), "--seconds=600", "--rate=200", "--json")) {
      String note = bench.err().next();
      while (!note.endsWith(" delivered")) {
        note = bench.err().next();
      }
      assumeFalse(bench.ignores(signal), "a parent process has the signal ignored");
      bench.signal(signal);

      assertEquals(0, bench.exitStatus());
      Map<String, String> result = json(bench.out().next());
      assertTrue(number(result, "seconds") < 600, result::toString);
      assertTrue(number(result, "sent") > 0, result::toString);
      assertTrue(number(result, "sent") <= 200 * number(result, "seconds") + 1, result::toString);
      assertEquals("0", result.get("lost"));
      assertEquals("", bench.out().rest());
    }
  }

  @Test
  void toldToEndWhileItConnectsItHasNothingToTell() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RelayProcess bench =
            RelayProcess.start("bench", "ws://127.0.0.1:" + silent.getLocalPort())) {
      bench.err().next();
      try (Socket client = silent.accept()) {
        bench.signal("TERM");
        assertEquals(0, bench.exitStatus());
        assertTrue(client.isConnected());
      }
      assertEquals("relay: ended before all clients were connected\n", bench.err().rest());
      assertEquals("", bench.out().rest());
    }
  }
}
