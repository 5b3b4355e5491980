package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.CloseReason;

/** What comes to the port of a relay and is no WebSocket. After each it relays as before. */
class HttpViolationsTest extends UnharmedRelay {
  private static final String WEB_SOCKET =
      """
      Host: relay.example\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      """;

  HttpViolationsTest() {
    super(builder -> builder.transport(RelayBench.quick(400)));
  }

  /** Sends {@code request}, and returns all that comes until the relay closes the connection. */
  private String answer(String request) throws IOException {
    try (RawClient client = bench.connect()) {
      try {
        client.write(request);
      } catch (IOException refused) {
        // It did not want to read all of it.
      }
      return client.readToEnd();
    }
  }

  private static void assertStatus(String expected, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + expected), answer);
  }

  private static void assertHeader(String line, String answer) {
    assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\n" + line + "\r\n"), answer);
  }

  @Test
  void garbageIsABadRequest() throws IOException {
    assertStatus("400", answer("\u0001\u0002 what is this?\r\n\r\n"));
  }

  @Test
  void binaryGarbageEndsTheConnection() throws IOException {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    try (RawClient client = bench.connect()) {
      try {
        client.write(garbage);
      } catch (IOException refused) {
        // It did not want to read all of it.
      }
      client.readToEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "OPTIONS", "DELETE", "BREW"})
  void aRequestWithoutUpgradeIsToldWhatToDo(String method) throws IOException {
    String answer = answer(method + " /any/path?x=1 HTTP/1.1\r\nHost: relay.example\r\n\r\n");
    assertStatus("426", answer);
    assertHeader("upgrade: websocket", answer);
    assertTrue(answer.contains("Connect to this address by WebSocket"), answer);
  }

  @Test
  void anUpgradeByPostIsRefused() throws IOException {
    assertStatus("426", answer("POST / HTTP/1.1\r\n" + WEB_SOCKET + "Content-Length: 0\r\n\r\n"));
  }

  @Test
  void aBodyIsReadAndIgnored() throws IOException {
    assertStatus("426", answer("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"));
    assertStatus(
        "426",
        answer("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItComes() throws IOException {
    assertStatus("413", answer("POST / HTTP/1.1\r\nContent-Length: 1000000000000\r\n\r\n"));
  }

  @Test
  void chunksWithoutEndAreRefused() throws IOException {
    String chunk = "400\r\n" + "x".repeat(1_024) + "\r\n";
    assertStatus(
        "413", answer("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(64)));
  }

  @Test
  void aChunkThatIsNoneIsABadRequest() throws IOException {
    String answer = answer("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n");
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400"), answer);
  }

  @Test
  void aHeaderLineOfManyKilobytesIsABadRequest() throws IOException {
    assertStatus("400", answer("GET / HTTP/1.1\r\nCookie: " + "x".repeat(60_000) + "\r\n\r\n"));
  }

  @Test
  void tenThousandHeadersAreABadRequest() throws IOException {
    assertStatus("400", answer("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(10_000) + "\r\n"));
  }

  @Test
  void anEndlessRequestLineIsABadRequest() throws IOException {
    assertStatus("400", answer("GET /" + "x".repeat(60_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "8", "12", "14", "99", "x"})
  void anotherWebSocketVersionIsToldTheRightOne(String version) throws IOException {
    String answer =
        answer(
            "GET / HTTP/1.1\r\n"
                + WEB_SOCKET
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: "
                + version
                + "\r\n\r\n");
    assertStatus("426", answer);
    assertHeader("sec-websocket-version: 13", answer);
  }

  @Test
  void draftsOfWebSocketThatNameNoVersionAreRefused() throws IOException {
    assertStatus("426", answer("GET / HTTP/1.1\r\n" + WEB_SOCKET + "Origin: http://x\r\n\r\n"));
  }

  @Test
  void anUpgradeWithoutKeyIsABadRequest() throws IOException {
    assertStatus(
        "400", answer("GET / HTTP/1.1\r\n" + WEB_SOCKET + "Sec-WebSocket-Version: 13\r\n\r\n"));
  }

  @Test
  void anUpgradeOfAnAddressThatIsNoPathEndsWithoutOne() throws IOException {
    String answer =
        answer(
            "GET ws://other.example/ HTTP/1.1\r\n"
                + WEB_SOCKET
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    assertFalse(answer.contains(" 101 "), answer);
  }

  @Test
  void ofManyRequestsInARowOneIsAnswered() throws IOException {
    String answer = answer("GET / HTTP/1.1\r\n\r\n".repeat(500));
    assertStatus("426", answer);
    assertEquals(0, answer.lastIndexOf("HTTP/1.1"));
  }

  @Test
  void aRequestThatNeverComesEndsTheConnection() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    assertEquals("", answer(""));
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }

  @Test
  void aRequestThatNeverEndsEndsTheConnection() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    assertEquals("", answer("GET / HTTP/1.1\r\nHost: rel"));
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }

  @Test
  void aRequestThatDripsEndsTheConnection() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    try (RawClient client = bench.connect()) {
      client.write("GET / HTTP/1.1\r\nX: ");
      client.dripUntilClosed((byte) 'x');
    }
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }
}
