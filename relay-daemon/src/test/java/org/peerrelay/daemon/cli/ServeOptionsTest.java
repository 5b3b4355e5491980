package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;

/** Relays that are told to be otherwise than usual. */
class ServeOptionsTest {
  private static String url(RelayProcess serve) {
    String line = serve.out().next();
    assertTrue(line.startsWith("listening on ws://127.0.0.1:"), line);
    return line.substring("listening on ".length(), line.indexOf(" as "));
  }

  private static RelayProcess serve(Map<String, String> environment, String... more) {
    String[] all = new String[4 + more.length];
    System.arraycopy(
        new String[] {"serve", "-p0", "--host=127.0.0.1", "--identity=none"}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return RelayProcess.startIn(environment, all);
  }

  @Test
  void withoutLegacyAnUpgradeWithoutProtocol2IsToldWhatToDo() {
    try (RelayProcess serve = serve(Map.of("RELAY_LEGACY", "off"))) {
      String url = url(serve);
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> LegacyClient.connect(url, 7));
      HttpResponse<?> response =
          assertInstanceOf(WebSocketHandshakeException.class, failure.getCause()).getResponse();
      assertEquals(426, response.statusCode());
      try (RelayProcess listen = RelayProcess.start("listen", url)) {
        assertEquals("peer " + listen.out().next(), serve.out().next());
      }
    }
  }

  @Test
  void plainHttpIsServedAsWithLegacyPeers() throws Exception {
    try (RelayProcess serve = serve(Map.of(), "--legacy", "off")) {
      URI uri = URI.create(url(serve).replaceFirst("ws", "http"));
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      assertTrue(response.body().contains("by WebSocket"), response::body);
    }
  }

  @ParameterizedTest
  @CsvSource({"2,201", "0,503"})
  void thereAreAsManySessionsAsAsked(String maxSessions, int status) throws Exception {
    try (RelayProcess serve = serve(Map.of("RELAY_MAX_SESSIONS", maxSessions))) {
      URI uri = URI.create(url(serve).replaceFirst("ws", "http") + "/sessions");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(status, response.statusCode(), response::body);
      if (status == 201) {
        String peer = serve.out().next();
        assertTrue(response.body().contains(peer.substring("peer ".length())), peer);
      }
    }
  }

  @Test
  void logsAndNotesAreJsonIfAsked() throws Exception {
    try (RelayProcess serve =
        serve(Map.of("RELAY_LOG_FORMAT", "json"), "-b", "ws://127.0.0.1:1", "--verbose")) {
      url(serve);
      String line = serve.err().next();
      while (!line.contains("no relay answers")) {
        assertTrue(line.startsWith("{\"timestamp\":"), line);
        line = serve.err().next();
      }
      assertTrue(line.contains("\"level\":\"WARN\""), line);
      String note = "no relay answers at ws:\\/\\/127.0.0.1:1; dialing on";
      assertTrue(line.contains("\"formattedMessage\":\"" + note + "\""), line);
    }
  }

  @Test
  void theCommandLineTurnsLegacyOnAgain() throws Exception {
    try (RelayProcess serve = serve(Map.of("RELAY_LEGACY", "off"), "--legacy=on")) {
      LegacyClient.connect(url(serve), 7);
      assertEquals("peer " + "07".repeat(20), serve.out().next());
    }
  }

  @Test
  @NeedsNpm
  void withoutLegacyAnNpmServerIsNotLinkedWithAndAnNpmPeerNotTaken() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      try (RelayProcess serve = serve(Map.of(), "--legacy", "off", "-b", server.url())) {
        String url = url(serve);
        host.open("client", url);
        assertEquals(
            "relay: no relay answers at " + server.url() + "; dialing on", serve.err().next());
        try (RelayProcess listen = RelayProcess.start("listen", url)) {
          // The first to be taken.
          assertEquals("peer " + listen.out().next(), serve.out().next());
        }
      }
      assertEquals(List.of(), server.peers());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void thereAreAsManyEventLoopsAsAsked(int threads) throws Exception {
    try (RelayProcess serve = serve(Map.of(), "--threads", Integer.toString(threads))) {
      String url = url(serve);
      for (int each = 1; each <= 8; each++) {
        LegacyClient.connect(url, each);
      }
      assertEquals(threads, serve.threads("relay-loop"));
    }
  }
}
