package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relays that not everybody may use. */
class AccessOptionsTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static RelayProcess serve(String... options) {
    String[] all = new String[4 + options.length];
    System.arraycopy(
        new String[] {"serve", "-p0", "--host=127.0.0.1", "--identity=none"}, 0, all, 0, 4);
    System.arraycopy(options, 0, all, 4, options.length);
    return RelayProcess.start(all);
  }

  private static String url(RelayProcess serve) {
    String line = serve.out().next();
    assertTrue(line.startsWith("listening on ws://127.0.0.1:"), line);
    return line.substring("listening on ".length(), line.indexOf(" as "));
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest.Builder request(String url, String path) {
    return HttpRequest.newBuilder(URI.create(url.replaceFirst("ws", "http") + path));
  }

  private static HttpRequest.Builder session(String url, String query) {
    return request(url, "/sessions" + query).POST(BodyPublishers.noBody());
  }

  @Test
  void aTokenOpensAllAndIsToldToNobody() throws Exception {
    Path file = write("token", TOKEN + "\n");
    try (RelayProcess serve = serve("--token-file", file.toString())) {
      String url = url(serve);
      String withToken = url + "/?token=" + TOKEN;
      try (RelayProcess listen = RelayProcess.start("listen", "--identity=none", withToken)) {
        String id = listen.out().next();
        assertEquals(0, Run.of("send", "--identity=none", "--wait", withToken, id, "hi").status());
      }
      Run bench = Run.of("bench", withToken, "--clients=2", "--seconds=1", "--json");
      assertEquals(0, bench.status(), bench::toString);
      assertFalse(bench.toString().contains(TOKEN), bench::toString);
      String bad = url + "/?token=" + TOKEN.replace('f', 'e');
      Run refused = Run.of("send", "--identity=none", "--timeout=1", bad, Run.SOME_ID, "hi");
      assertTrue(refused.failure(3).contains(url), refused::toString);
      assertFalse(refused.failure(3).contains("token="), refused::toString);
      Run unmeasured = Run.of("bench", bad);
      assertEquals(3, unmeasured.status(), unmeasured::toString);
      assertFalse(unmeasured.toString().contains("token="), unmeasured::toString);
      assertEquals(200, status(request(url, "/")));
      assertEquals(401, status(session(url, "")));
      assertEquals(201, status(session(url, "?token=" + TOKEN)));
      assertEquals(401, status(request(url, "/channels")));
      try (RelayProcess channel =
          RelayProcess.start(
              "channel", url.replaceFirst("ws", "http") + "/channels?token=" + TOKEN)) {
        assertTrue(channel.out().next().startsWith("[\"connect\","));
      }
    }
  }

  @Test
  void listsAreForAddressesToo() throws Exception {
    Path ids = write("ids", Run.SOME_ID);
    try (RelayProcess serve = serve("--allow", ids.toString())) {
      assertEquals(403, status(session(url(serve), "")));
    }
    Path loopback = write("loopback", "127.0.0.0/8 # all of it");
    try (RelayProcess serve = serve("--allow", loopback.toString(), "--deny", ids.toString())) {
      assertEquals(201, status(session(url(serve), "")));
    }
  }

  @Test
  void aHangUpHasTheListsReadAgain() throws Exception {
    Path denied = write("denied", "");
    try (RelayProcess serve = serve("--deny", denied.toString())) {
      String url = url(serve);
      try (RelayProcess listen = RelayProcess.start("listen", "--identity=none", url)) {
        String id = listen.out().next();
        assertEquals(0, Run.of("send", "--identity=none", "--wait", url, id, "hi").status());
        write("denied", id + "\n");
        serve.signal("HUP");
        assertEquals(
            "relay: reloaded; read again: deny; connections closed: 1", serve.err().next());
        assertEquals(5, Run.of("send", "--identity=none", "--wait", url, id, "hi").status());
      }
      write("denied", "nobody\n");
      serve.signal("HUP");
      String line = serve.err().next();
      assertTrue(line.startsWith("relay: not reloaded: --deny: " + denied + ":1: 'nobody'"), line);
    }
  }

  @ParameterizedTest
  @CsvSource({"204,201", "403,403", "500,503"})
  void theServiceDecides(int said, int status) throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/", exchange -> exchange.sendResponseHeaders(said, -1));
    service.start();
    try (RelayProcess serve =
        serve("--access-url", "http://127.0.0.1:" + service.getAddress().getPort() + "/?key=k")) {
      assertEquals(status, status(session(url(serve), "")));
      if (said == 500) {
        String line = serve.err().next();
        assertTrue(line.contains("/: status 500; nobody comes in"), line);
      }
    } finally {
      service.stop(0);
    }
  }

  @Test
  void whatCannotBeUsedIsOneLine() throws IOException {
    Path bad = write("bad", "192.0.2.1\nrelay.example\n");
    assertTrue(
        Run.of("serve", "--deny", bad.toString())
            .failure(1)
            .startsWith("--deny: " + bad + ":2: 'relay.example' (expected: an id of 40 "));
    assertTrue(
        Run.of("serve", "--allow", folder + "/none")
            .failure(1)
            .startsWith("--allow: " + folder + "/none: cannot be read (No such file "));
    assertTrue(
        Run.of("serve", "--token", "short").failure(2).startsWith("--token: not shown here"));
    assertTrue(
        Run.of("serve", "--token-file", bad.toString())
            .failure(1)
            .startsWith("--token-file: " + bad + ": no token (expected: 16 "));
    assertTrue(
        Run.of("serve", "--token", TOKEN, "--token-file", bad.toString())
            .failure(2)
            .startsWith("--token and --token-file are both given"));
    String url = Run.of("serve", "--access-url", "ws://a").failure(2);
    assertTrue(url.contains("'ws://a' (expected: http://HOST:PORT/PATH"), url);
  }

  @Test
  void relayConfigTellsNoSecrets() {
    Run run =
        Run.in(
            Map.of("RELAY_TOKEN", TOKEN),
            "config",
            "--access-url=http://a/b?key=" + TOKEN,
            "--bootstrap=ws://a:1/?token=" + TOKEN + ",ws://b:2");
    assertFalse(run.toString().contains(TOKEN), run::toString);
    String out = String.join("\n", run.out()).replaceAll(" +", " ");
    assertTrue(out.contains("\ntoken (secret) RELAY_TOKEN\n"), out);
    assertTrue(out.contains("\naccess-url http://a/b?... command line\n"), out);
    assertTrue(out.contains("\nbootstrap ws://a:1/,ws://b:2 command line\n"), out);
  }
}
