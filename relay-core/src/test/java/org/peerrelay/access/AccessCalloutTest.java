package org.peerrelay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;

/** With a real HTTP server, or none. */
class AccessCalloutTest {
  private static Newcomer newcomer(String token) throws IOException {
    return newcomer("192.0.2.1", token);
  }

  private static Newcomer newcomer(String address, String token) throws IOException {
    return new Newcomer(
        PeerId.ofHex("ab".repeat(20)), InetAddress.getByName(address), false, true, token, false);
  }

  private static AccessVerdict verdict(AccessCallout callout) throws Exception {
    return callout.ask(newcomer("t")).get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "200,YES",
    "204,YES",
    "403,NO",
    "201,UNANSWERED",
    "302,UNANSWERED",
    "401,UNANSWERED",
    "404,UNANSWERED",
    "500,UNANSWERED",
    "503,UNANSWERED"
  })
  void onlySomeWordsCount(int status, AccessVerdict expected) throws Exception {
    try (AccessService service = AccessService.saying(status)) {
      assertEquals(expected, verdict(service.callout()));
    }
  }

  @Test
  void itIsToldAllThatIsKnown() throws Exception {
    try (AccessService service = AccessService.saying(204)) {
      assertEquals(AccessVerdict.YES, verdict(service.callout()));
      assertEquals(
          "POST {\"id\":\""
              + "ab".repeat(20)
              + "\",\"address\":\"192.0.2.1\",\"legacy\":false,\"relay\":true,\"token\":\"t\"}",
          service.question());
      service.callout().ask(Newcomer.unnamed(null, null)).join();
      assertEquals("POST {\"legacy\":false,\"relay\":false}", service.question());
    }
  }

  @Test
  void whoIsLateHasSaidNothing() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (AccessService service = sayingYesAfter(over)) {
      long beginNs = System.nanoTime();
      assertEquals(AccessVerdict.UNANSWERED, verdict(service.callout()));
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs);
      assertTrue(tookMs >= 1_900 && tookMs < 8_000, "ms: " + tookMs);
      over.countDown();
    }
  }

  @Test
  void anAnswerThatNeverEndsIsNone() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (AccessService service =
        new AccessService(
            exchange -> {
              exchange.sendResponseHeaders(200, 1_000_000);
              exchange.getResponseBody().write(1);
              exchange.getResponseBody().flush();
              awaitQuietly(over);
            })) {
      assertEquals(AccessVerdict.UNANSWERED, verdict(service.callout()));
      over.countDown();
    }
  }

  @Test
  void aLargeAnswerIsReadOver() throws Exception {
    byte[] page = new byte[300_000];
    try (AccessService service =
        new AccessService(
            exchange -> {
              exchange.sendResponseHeaders(200, page.length);
              exchange.getResponseBody().write(page);
              exchange.close();
            })) {
      assertEquals(AccessVerdict.YES, verdict(service.callout()));
    }
  }

  @Test
  void garbageIsNoAnswer() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try (var socket = server.accept()) {
                  socket.getInputStream().read();
                  socket
                      .getOutputStream()
                      .write("200 yes of course\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // The test is over.
                }
              });
      thread.start();
      assertEquals(
          AccessVerdict.UNANSWERED,
          verdict(AccessCallout.at("http://127.0.0.1:" + server.getLocalPort())));
      thread.join();
    }
  }

  @Test
  void nobodyThereIsNoAnswer() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertEquals(AccessVerdict.UNANSWERED, verdict(AccessCallout.at("http://127.0.0.1:" + port)));
  }

  @ParameterizedTest
  @CsvSource({
    "'max-age=60',1",
    "'private, max-age=60',1",
    "'',2",
    "'max-age=0',2",
    "'no-store',2",
    "'s-maxage=60',2"
  })
  void anAnswerIsRememberedIfItSaysSo(String caching, int questions) throws Exception {
    try (AccessService service =
        new AccessService(
            exchange -> {
              exchange.getResponseHeaders().set("Cache-Control", caching);
              exchange.sendResponseHeaders(403, -1);
            })) {
      AccessCallout callout = service.callout();
      assertEquals(AccessVerdict.NO, verdict(callout));
      assertEquals(AccessVerdict.NO, verdict(callout));
      assertEquals(questions, service.waiting());
      callout.ask(newcomer("another")).join();
      assertEquals(questions + 1, service.waiting());
    }
  }

  @Test
  void soManyQuestionsAreUnderWayAndNoMore() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (AccessService service = sayingYesAfter(over)) {
      AccessCallout callout = service.callout();
      List<CompletableFuture<AccessVerdict>> answers = new ArrayList<>();
      for (int i = 0; i < AccessCallout.MAX_PENDING; i++) {
        answers.add(callout.ask(newcomer("192.0.2." + i, "t")));
      }
      CompletableFuture<AccessVerdict> tooMany = callout.ask(newcomer("203.0.113.1", "t"));
      assertTrue(tooMany.isDone());
      assertEquals(AccessVerdict.UNANSWERED, tooMany.join());
      over.countDown();
      answers.forEach(CompletableFuture::join);
      assertEquals(AccessVerdict.YES, verdict(callout));
    }
  }

  @Test
  void oneAddressCannotTakeTheServiceAwayFromOthers() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (AccessService service = sayingYesAfter(over)) {
      AccessCallout callout = service.callout();
      List<CompletableFuture<AccessVerdict>> answers = new ArrayList<>();
      for (int i = 0; i < AccessCallout.MAX_PENDING; i++) {
        answers.add(callout.ask(newcomer("t" + i)));
      }
      CompletableFuture<AccessVerdict> other = callout.ask(newcomer("203.0.113.1", "t"));
      over.countDown();
      assertEquals(AccessVerdict.YES, other.get(10, TimeUnit.SECONDS));
      long answered = answers.stream().filter(one -> one.join() == AccessVerdict.YES).count();
      assertEquals(AccessCallout.MAX_PENDING_PER_ADDRESS, answered);
    }
  }

  @Test
  void aPortThatCannotBeIsNoAnswer() throws Exception {
    assertEquals(AccessVerdict.UNANSWERED, verdict(AccessCallout.at("http://127.0.0.1:70000/may")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "relay.example", "ftp://relay.example", "http:/x", "http://a b"})
  void onlyHttpIsAsked(String url) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> AccessCallout.at(url)).getMessage());
    assertTrue(message.startsWith("'" + url + "' (expected: http://"), message);
  }

  private static AccessService sayingYesAfter(CountDownLatch over) throws IOException {
    return new AccessService(
        exchange -> {
          awaitQuietly(over);
          exchange.sendResponseHeaders(204, -1);
        });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
