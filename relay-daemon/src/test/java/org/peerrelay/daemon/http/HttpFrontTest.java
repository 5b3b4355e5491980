package org.peerrelay.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.daemon.http.HttpScene.assertStatus;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection of plain HTTP may do, and what it may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFrontTest {
  private static final long QUICK_NS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final String POST = "POST /echo HTTP/1.1\r\nHost: x\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n";

  private HttpScene scene;

  @BeforeAll
  void start() throws IOException {
    scene =
        new HttpScene(
            List.of(
                HttpScene.HI,
                HttpScene.STREAM,
                Route.get(
                    "/names/{name}",
                    (request, exchange) ->
                        exchange.answer(Answer.text("text/plain", request.variable("name")))),
                Route.get(
                    "/query",
                    (request, exchange) ->
                        exchange.answer(
                            Answer.text("text/plain", String.valueOf(request.query("a"))))),
                Route.get("/late-refusal", HttpFrontTest::refuseLater),
                Route.get("/broken", HttpFrontTest::fail),
                Route.get("/later", HttpFrontTest::answerLater),
                Route.get(
                    "/large",
                    (request, exchange) ->
                        exchange.answer(Answer.text("text/plain", "x".repeat(1_000_000)))),
                new Route(HttpMethod.POST, "/echo", 1_000, HttpFrontTest::echo)),
            new HttpLimits(100, QUICK_NS, QUICK_NS, QUICK_NS, QUICK_NS),
            new HttpCounters());
  }

  @AfterAll
  void stop() {
    scene.close();
  }

  private static void echo(Request request, Exchange exchange) {
    exchange.answer(Answer.text("text/plain", new String(request.body(), StandardCharsets.UTF_8)));
  }

  private static void fail(Request request, Exchange exchange) {
    throw new IllegalStateException("as the test wants");
  }

  private static void answerLater(Request request, Exchange exchange) {
    Thread thread = new Thread(() -> exchange.answer(Answer.text("text/plain", "late")), "later");
    thread.setDaemon(true);
    thread.start();
  }

  private static void refuseLater(Request request, Exchange exchange) {
    ProblemException refusal = new ProblemException(new Problem(404, "late", "it took time"));
    Thread thread = new Thread(() -> exchange.refuse(refusal), "later");
    thread.setDaemon(true);
    thread.start();
  }

  private void assertRefused(int status, String reason, String request) throws IOException {
    long before = scene.refused(reason);
    String answer = scene.exchange(request);
    assertStatus(status, answer);
    assertTrue(answer.contains("content-type: application/problem+json"), answer);
    assertTrue(answer.contains("\"reason\":\"" + reason + "\""), answer);
    assertTrue(answer.contains("\"status\":" + status + ","), answer);
    assertEquals(before + 1, scene.refused(reason));
  }

  /** A request without body, the last of its connection. */
  private static String last(String method, String target) {
    return method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static long responses(String answer) {
    return Pattern.compile("HTTP/1.1 ").matcher(answer).results().count();
  }

  @Test
  void aPathIsServedHoweverItsSlashesStand() throws IOException {
    for (String target : List.of("/names/a", "//names//a/", "/names/a?b=c", "http://x/names/a")) {
      String answer = scene.exchange(last("GET", target));
      assertStatus(200, answer);
      assertTrue(answer.endsWith("\r\n\r\na"), answer);
    }
  }

  @Test
  void aNameInTheQueryHasItsFirstValue() throws IOException {
    for (String query : List.of("a=x%20y", "b&a=x+y&a=z")) {
      assertTrue(scene.exchange(last("GET", "/query?" + query)).endsWith("\r\n\r\nx y"), query);
    }
    for (String query : List.of("", "?", "?b=a", "?a=%")) {
      assertTrue(scene.exchange(last("GET", "/query" + query)).endsWith("\r\n\r\nnull"), query);
    }
  }

  @Test
  void theHeadIsThatOfTheAnswerWithoutItsBody() throws IOException {
    String answer = scene.exchange(last("HEAD", "/"));
    assertStatus(200, answer);
    assertTrue(answer.contains("content-length: 2\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void optionsTellMethodsAndLetOtherSitesIn() throws IOException {
    for (String target : List.of("/echo", "*")) {
      String answer = scene.exchange(last("OPTIONS", target));
      assertStatus(204, answer);
      assertTrue(answer.contains("Access-Control-Allow-Methods: "), answer);
      assertTrue(answer.contains("POST"), answer);
      assertTrue(answer.contains("access-control-allow-origin: *"), answer);
    }
  }

  @Test
  void whatIsNotThereIsRefused() throws IOException {
    assertRefused(404, "no-route", last("GET", "/no"));
    assertRefused(405, "method-not-allowed", last("PUT", "/"));
    assertRefused(405, "method-not-allowed", last("CONNECT", "x:1"));
    assertRefused(500, "internal", last("GET", "/broken"));
    assertRefused(404, "late", last("GET", "/late-refusal"));
  }

  @Test
  void aRefusalEndsAConnectionOnlyIfABodyIsUnread() throws IOException {
    String answer = scene.exchange(get("/no") + last("GET", "/"));
    assertStatus(404, answer);
    assertEquals(2, responses(answer));
    String body = get("/");
    String post = "POST /no HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length();
    assertEquals(1, responses(scene.exchange(post + "\r\n\r\n" + body)));
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      requests.append(get(i % 5 == 0 ? "/later" : "/names/" + i));
    }
    requests.append(last("GET", "/names/end"));
    String answer = scene.exchange(requests.toString());
    List<String> bodies =
        Pattern.compile("\r\n\r\n(late|end|\\d+)")
            .matcher(answer)
            .results()
            .map(match -> match.group(1))
            .toList();
    List<String> expected =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> i == 100 ? "end" : i % 5 == 0 ? "late" : String.valueOf(i))
            .toList();
    assertEquals(expected, bodies);
  }

  @Test
  void aRequestAfterAStreamEndsIt() throws IOException {
    long before = scene.refused("request-after-stream");
    String answer = scene.exchange(get("/stream") + get("/"));
    assertEquals(1, responses(answer));
    assertEquals(before + 1, scene.refused("request-after-stream"));
  }

  @Test
  void aStreamForHttp10HasNoChunks() throws IOException {
    try (Socket socket = scene.connect()) {
      socket
          .getOutputStream()
          .write("GET /stream HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = HttpScene.readUntil(socket, "data: 1\n\n");
      assertFalse(answer.contains("chunked"), answer);
      assertTrue(answer.endsWith("\r\n\r\ndata: 1\n\n"), answer);
    }
  }

  @Test
  void aBodyIsReadUpToItsBound() throws IOException {
    String body = "x".repeat(1_000);
    String fits = POST + "Connection: close\r\nContent-Length: 1000\r\n\r\n" + body;
    assertTrue(scene.exchange(fits).endsWith("\r\n\r\n" + body));
    assertRefused(413, "body-too-large", POST + "Content-Length: 1001\r\n\r\n" + body + "x");
    assertRefused(413, "body-too-large", POST + "Content-Length: 1000000000000\r\n\r\n");
    assertRefused(413, "body-too-large", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
  }

  @Test
  void whoWaitsForLeaveToSendABodyGetsItIfItFits() throws IOException {
    try (Socket socket = scene.connect()) {
      String head = POST + "Content-Length: 2\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertTrue(HttpScene.readUntil(socket, "\r\n\r\n").startsWith("HTTP/1.1 100 "));
      socket.getOutputStream().write("ok".getBytes(StandardCharsets.US_ASCII));
      assertTrue(HttpScene.readUntil(socket, "\r\n\r\nok").startsWith("HTTP/1.1 200 "));
    }
    assertRefused(
        413, "body-too-large", POST + "Content-Length: 2000\r\nExpect: 100-continue\r\n\r\n");
    assertRefused(417, "expectation", POST + "Content-Length: 2\r\nExpect: miracles\r\n\r\n");
  }

  @Test
  void chunksWithoutEndAreCutAtTheBound() throws IOException {
    String chunk = "64\r\n" + "x".repeat(100) + "\r\n";
    assertRefused(413, "body-too-large", CHUNKED + "\r\n" + chunk.repeat(1_000));
  }

  @Test
  void aBodyThatDoesNotComeIsNotWaitedFor() throws IOException {
    long before = scene.refused("body-timeout");
    assertEquals("", scene.exchange(CHUNKED + "\r\n1\r\nx\r\n"));
    assertEquals(before + 1, scene.refused("body-timeout"));
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    long before = scene.refused("idle-connection");
    assertEquals(1, responses(scene.exchange(get("/"))));
    assertEquals(before + 1, scene.refused("idle-connection"));
  }

  @Test
  void whoReadsNoAnswersIsNotReadFrom() throws IOException {
    long before = scene.refused("answer-timeout");
    try (Socket socket = scene.connect()) {
      // The system's buffers take some of the answers; then the relay hangs up.
      socket.getOutputStream().write(get("/large").repeat(100).getBytes(StandardCharsets.US_ASCII));
      long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (scene.refused("answer-timeout") == before) {
        assertTrue(System.nanoTime() < deadlineNs, "still connected");
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aCrowdOfPipelinedRequestsIsRefused() throws IOException {
    long before = scene.refused("too-many-pipelined");
    try {
      scene.exchange(get("/later").repeat(1_000));
    } catch (SocketException reset) {
      // The relay did not read all that was sent before it closed.
    }
    assertEquals(before + 1, scene.refused("too-many-pipelined"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: 5, 6\r\n\r\nhello!",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: +1\r\n\r\nx",
        "Content-Length: 99999999999999999999\r\n\r\nx",
        "Content-Length : 1\r\n\r\nx",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!!\r\n0\r\n\r\n",
        "Host: y\r\n\r\n",
        "X: a\r\n b\r\nContent-Length\r\n\r\n",
        "X: a\nY: b\n\n"
      })
  void whatTwoReadersCouldTakeDifferentlyIsRefused(String rest) throws IOException {
    assertRefused(400, "malformed", POST + rest + get("/smuggled"));
  }

  @Test
  void aRequestWithoutHostIsRefused() throws IOException {
    assertRefused(400, "malformed", "GET / HTTP/1.1\r\n\r\n");
    assertStatus(200, scene.exchange("GET / HTTP/1.0\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"101,too-many-headers", "10000,headers-too-large"})
  void floodsOfHeadersAreRefused(int count, String reason) throws IOException {
    String flood = "GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(count - 1) + "Host: x\r\n\r\n";
    assertRefused(431, reason, flood);
  }

  @Test
  void oneEndlessHeaderOrTargetIsRefused() throws IOException {
    assertRefused(
        431, "headers-too-large", "GET / HTTP/1.1\r\nX: " + "y".repeat(60_000) + "\r\n\r\n");
    assertRefused(414, "target-too-long", "GET /" + "x".repeat(60_000) + " HTTP/1.1\r\n\r\n");
  }

  @Test
  void acceptedTypesHaveWeights() {
    var headers = new DefaultHttpHeaders();
    assertEquals(1, MediaRanges.of(headers).quality("text/event-stream"));
    headers.set("Accept", "text/html, text/*;q=0.5, */*;q=0.1, text/event-stream;q=0");
    MediaRanges ranges = MediaRanges.of(headers);
    assertEquals(1, ranges.quality("text/html"));
    assertEquals(0.5, ranges.quality("text/plain"));
    assertEquals(0.1, ranges.quality("application/json"));
    assertEquals(0, ranges.quality("text/event-stream"));
    assertTrue(ranges.names("text/event-stream"));
  }

  @Test
  void aLinkThatBeginsOnItsConnectionDoesNotHaveItsDeadlines() throws IOException {
    try (Socket socket = scene.connect()) {
      socket.getOutputStream().write(get("/").getBytes(StandardCharsets.US_ASCII));
      HttpScene.readUntil(socket, "hi");
      String upgrade =
          """
          GET / HTTP/1.1\r
          Host: x\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          Sec-WebSocket-Version: 13\r
          \r
          """;
      socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
      assertStatus(101, HttpScene.readUntil(socket, "\r\n\r\n"));
      long sinceNs = System.nanoTime();
      while (System.nanoTime() - sinceNs < 2 * QUICK_NS) {
        // A masked ping, and the pong.
        socket.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});
        assertEquals(0x8a, socket.getInputStream().read());
        assertEquals(0, socket.getInputStream().read());
      }
    }
  }
}
