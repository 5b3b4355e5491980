package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCommandTest {
  private static final Pattern ADMIN =
      Pattern.compile("relay: admin listener on (http://127\\.0\\.0\\.1:\\d+)");

  private static RelayProcess serve() {
    return RelayProcess.start(
        "serve", "-p0", "--host=127.0.0.1", "--identity=none", "--admin-port=0");
  }

  private static String admin(RelayProcess serve) {
    String line = serve.err().next();
    Matcher matcher = ADMIN.matcher(line);
    assertTrue(matcher.matches(), line);
    return matcher.group(1);
  }

  private static String publicUrl(RelayProcess serve) {
    return serve.out().next().replaceFirst("listening on (\\S+) as .*", "$1");
  }

  @Test
  void itShowsARelayToPeopleAndToPrograms() throws Exception {
    try (RelayProcess serve = serve()) {
      String admin = admin(serve);
      LegacyClient.connect(publicUrl(serve), 7);
      serve.out().next();
      Run run = Run.of("status", admin);
      assertEquals(0, run.status(), run::toString);
      assertEquals(List.of(), run.err());
      assertTrue(run.out().get(0).matches("relay {6}[0-9a-f]{40} at ws://127.*"), run::toString);
      assertTrue(run.out().get(1).startsWith("state      ready; version "), run::toString);
      assertEquals("links      1: 0 protocol 2, 1 legacy; 0 relays, 1 leaves", run.out().get(2));
      String json = Run.of("status", "--json", admin).result();
      assertTrue(json.startsWith("{\"relay\":{\"id\":\""), json);
      assertTrue(json.contains("\"links\":{\"all\":1,"), json);
    }
  }

  @Test
  void watchedItIsShownAgainAndAgainUntilTheRelayIsGone() throws Exception {
    try (RelayProcess serve = serve()) {
      String admin = admin(serve);
      publicUrl(serve);
      try (RelayProcess status = RelayProcess.start("status", "--json", "--watch", admin)) {
        assertTrue(status.out().next().startsWith("{\"relay\""));
        assertTrue(status.out().next().startsWith("{\"relay\""));
        status.terminate();
        assertEquals(0, status.exitStatus());
      }
      try (RelayProcess status = RelayProcess.start("status", "--watch", admin)) {
        assertTrue(status.out().next().startsWith("relay      "));
        serve.terminate();
        assertEquals(0, serve.exitStatus());
        assertTrue(status.err().next().startsWith("relay: "));
        assertTrue(List.of(1, 3).contains(status.exitStatus()));
      }
    }
  }

  @Test
  void aDeadUrlIsOneLineAndStatus3() {
    assertEquals(
        "no answer from http://127.0.0.1:1 (expected: a relay that runs with --admin-port)",
        Run.of("status", "http://127.0.0.1:1").failure(3));
  }

  @Test
  void thePublicPortIsOneLineAndStatus1() {
    try (RelayProcess serve = serve()) {
      admin(serve);
      String url = publicUrl(serve).replaceFirst("ws:", "http:").replaceFirst("/$", "");
      assertEquals(noAdmin(url), Run.of("status", url).failure(1));
    }
  }

  private static String noAdmin(String url) {
    return url
        + ": no admin listener of a relay (expected: the URL that relay serve --admin-port tells)";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n\r\n[1]",
        "HTTP/1.1 200 OK\r\n\r\n{\"relay\":",
        "HTTP/1.1 200 OK\r\n\r\n{\"relay\":1,\"links\":{\"all\":\"\\u001b[2J\"}}",
        "HTTP/1.1 200 OK\r\n\r\n{\"relay\":99999999999999999999999999}",
        "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"
      })
  void whatIsNoAdminListenerIsOneLineAndStatus1(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerAll(server, answer), "garbage");
      thread.setDaemon(true);
      thread.start();
      String url = "http://127.0.0.1:" + server.getLocalPort();
      assertEquals(noAdmin(url), Run.of("status", url).failure(1));
    }
  }

  private static void answerAll(ServerSocket server, String answer) {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          client.getInputStream().read(new byte[4_096]);
          client.getOutputStream().write(answer.getBytes(UTF_8));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Test
  void aTakenAdminPortIsOneLineAndStatus1() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertEquals(
          "cannot listen on 127.0.0.1 port "
              + port
              + ": Address already in use (expected: a free port of this machine);"
              + " choose another with --admin-port or --admin-host",
          Run.of("serve", "-p0", "--identity=none", "--admin-port", port).failure(1));
    }
  }

  @Test
  void anAdminHostOfAnotherMachineIsOneLineAndStatus1() {
    assertEquals(
        "--admin-host: 'nosuch.invalid' (expected: a name or an address of this machine)",
        Run.of("serve", "--identity=none", "--admin-port=0", "--admin-host=nosuch.invalid")
            .failure(1));
  }
}
