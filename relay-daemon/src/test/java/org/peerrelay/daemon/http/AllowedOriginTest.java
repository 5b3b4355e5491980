package org.peerrelay.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.TrustedProxies;

/** Requests of browsers to a front that serves the pages of one origin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllowedOriginTest {
  private static final String ORIGIN = "Origin: https://app.example\r\n";

  private HttpScene scene;

  @BeforeAll
  void start() throws IOException {
    scene =
        new HttpScene(
            List.of(
                HttpScene.HI,
                HttpScene.STREAM,
                new Route(
                    HttpMethod.POST,
                    "/",
                    10,
                    (request, exchange) -> exchange.answer(Answer.empty(204)))),
            HttpLimits.DEFAULT,
            new HttpCounters(),
            TrustedProxies.NONE,
            new AllowedOrigins(Set.of("https://app.example")));
  }

  @AfterAll
  void stop() {
    scene.close();
  }

  private String answer(String method, String path, String headers) throws IOException {
    return scene
        .exchange(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + headers
                + "\r\n")
        .toLowerCase(Locale.ROOT);
  }

  private static void assertReaders(boolean page, String answer) {
    assertEquals(
        page, answer.contains("\r\naccess-control-allow-origin: https://app.example\r\n"), answer);
    assertEquals(page, answer.contains("access-control-allow-origin"), answer);
    assertTrue(answer.contains("\r\nvary: origin\r\n"), answer);
  }

  @Test
  void aListedPageIsServedAndReads() throws IOException {
    String answer = answer("GET", "/", ORIGIN);
    assertTrue(answer.startsWith("http/1.1 200 "), answer);
    assertReaders(true, answer);
    assertReaders(true, answer("GET", "/nowhere", ORIGIN));
    assertReaders(true, answer("DELETE", "/", ORIGIN));
  }

  @Test
  void aPreflightNamesTheListedPageOnly() throws IOException {
    String answer = answer("OPTIONS", "/", ORIGIN + "Access-Control-Request-Method: POST\r\n");
    assertTrue(answer.startsWith("http/1.1 204 "), answer);
    assertTrue(answer.contains("\r\naccess-control-allow-methods: get, head, options, post\r\n"));
    assertReaders(true, answer);
  }

  @Test
  void aStreamIsReadByTheListedPage() throws IOException {
    try (Socket socket = scene.connect()) {
      socket
          .getOutputStream()
          .write(
              ("GET /stream HTTP/1.1\r\nHost: x\r\n" + ORIGIN + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertReaders(true, HttpScene.readUntil(socket, "\r\n\r\n").toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void whoIsNoBrowserIsServed() throws IOException {
    String answer = answer("GET", "/", "");
    assertTrue(answer.startsWith("http/1.1 200 "), answer);
    assertReaders(false, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "DELETE"})
  void anotherPageIsRefused(String method) throws IOException {
    for (String origin : List.of("https://evil.example", "http://app.example", "null", "")) {
      long before = scene.refused("wrong-origin");
      String answer = answer(method, "/", "Origin: " + origin + "\r\n");
      assertTrue(answer.startsWith("http/1.1 403 "), answer);
      assertReaders(false, answer);
      assertEquals(before + 1, scene.refused("wrong-origin"));
    }
  }

  @Test
  void anotherPageGetsNoStream() throws IOException {
    String answer = answer("GET", "/stream", "Origin: https://evil.example\r\n");
    assertTrue(answer.startsWith("http/1.1 403 "), answer);
    assertTrue(answer.contains("\"reason\":\"wrong-origin\""), answer);
    assertFalse(answer.contains("event-stream"), answer);
  }

  @Test
  void anotherPageIsRefusedInTheMiddleOfAConnection() throws IOException {
    String get = "GET / HTTP/1.1\r\nHost: x\r\n";
    String answers =
        scene.exchange(
            get
                + ORIGIN
                + "\r\n"
                + get
                + "Origin: null\r\n\r\n"
                + get
                + "Connection: close\r\n\r\n");
    assertEquals(List.of("200", "403", "200"), statuses(answers));
  }

  private static List<String> statuses(String answers) {
    return List.of(answers.split("HTTP/1.1 ")).stream()
        .skip(1)
        .map(answer -> answer.substring(0, 3))
        .toList();
  }
}
