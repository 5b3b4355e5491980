package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A relay behind proxies, and in front of browsers. */
class ProxyOptionsTest {
  private static RelayProcess serve(String... more) {
    String[] all = new String[4 + more.length];
    System.arraycopy(
        new String[] {"serve", "-p0", "--host=127.0.0.1", "--identity=none"}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return RelayProcess.startIn(Map.of("RELAY_ORIGIN", "https://app.example, null"), all);
  }

  private static URI uri(RelayProcess serve, String path) {
    String line = serve.out().next();
    assertTrue(line.startsWith("listening on ws://"), line);
    String url = line.substring("listening on ".length(), line.indexOf(" as "));
    return URI.create(url.replaceFirst("ws", "http") + path);
  }

  private static int status(HttpClient client, URI uri, String header, String value)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).header(header, value).build();
    // The head is enough: a stream has no end.
    HttpResponse<?> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    return response.statusCode();
  }

  @Test
  void clientsOfATrustedProxyAreCountedEachForItself() throws Exception {
    try (RelayProcess serve =
        serve("--trusted-proxy", "192.0.2.0/24,127.0.0.1", "--max-channels-per-address=1")) {
      URI channels = uri(serve, "/channels");
      HttpClient client = HttpClient.newHttpClient();
      assertEquals(201, status(client, channels, "X-Forwarded-For", "203.0.113.7"));
      assertEquals(201, status(client, channels, "X-Forwarded-For", "203.0.113.8, 192.0.2.1"));
      assertEquals(429, status(client, channels, "X-Forwarded-For", "203.0.113.7"));
    }
  }

  @Test
  void withoutTrustedProxiesTheyAreOne() throws Exception {
    try (RelayProcess serve = serve("--max-channels-per-address=1")) {
      URI channels = uri(serve, "/channels");
      HttpClient client = HttpClient.newHttpClient();
      assertEquals(201, status(client, channels, "X-Forwarded-For", "203.0.113.7"));
      assertEquals(429, status(client, channels, "X-Forwarded-For", "203.0.113.8"));
    }
  }

  @Test
  void pagesOfOtherOriginsAreRefused() throws Exception {
    try (RelayProcess serve = serve()) {
      URI page = uri(serve, "/");
      HttpClient client = HttpClient.newHttpClient();
      assertEquals(200, status(client, page, "Origin", "https://app.example"));
      assertEquals(200, status(client, page, "Origin", "null"));
      assertEquals(200, status(client, page, "Accept", "*/*"));
      assertEquals(403, status(client, page, "Origin", "https://evil.example"));
    }
  }
}
