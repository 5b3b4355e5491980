package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  /** Gives the key of the example in RFC 6455, section 1.3: "the sample nonce". */
  private static final RandomGenerator EXAMPLE =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new UnsupportedOperationException();
        }

        @Override
        public void nextBytes(byte[] bytes) {
          byte[] nonce = "the sample nonce".getBytes(StandardCharsets.US_ASCII);
          System.arraycopy(nonce, 0, bytes, 0, bytes.length);
        }
      };

  private static final String ANSWER =
      "HTTP/1.1 101 Switching Protocols\r\nSEC-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

  private static final RelayUrl URL = RelayUrl.of("ws://host:80/of/url?x");

  private static Handshake handshake(Upgrade upgrade) {
    return new Handshake(upgrade, EXAMPLE);
  }

  private final Handshake plain = handshake(new Upgrade("/a?b", null, true, false));
  private final Handshake all = handshake(new Upgrade(null, "mqtt", false, true));

  @Test
  void asksForWhatTheShapeWants() {
    String request = new String(plain.request(URL), StandardCharsets.US_ASCII);

    assertTrue(request.startsWith("GET /a?b HTTP/1.1\r\nHost: host:80\r\n"), request);
    assertTrue(request.contains("\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), request);
    assertTrue(request.endsWith("\r\n\r\n"), request);
    assertFalse(request.contains("Protocol"), request);

    String more = new String(all.request(URL), StandardCharsets.US_ASCII);
    assertTrue(more.contains("\r\nSec-WebSocket-Protocol: mqtt\r\n"), more);
    assertTrue(more.startsWith("GET /of/url?x HTTP/1.1\r\n"), more);
    assertTrue(more.contains("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"), more);
  }

  @Test
  void showsTheTokenInAHeaderAlone() {
    RelayUrl url = RelayUrl.of("ws://host/?a=b&token=0123456789abcdef");
    String request = new String(all.request(url), StandardCharsets.US_ASCII);

    assertTrue(request.startsWith("GET /?a=b HTTP/1.1\r\n"), request);
    assertTrue(request.contains("\r\nAuthorization: Bearer 0123456789abcdef\r\n"), request);
  }

  @Test
  void acceptsTheRightAnswer() throws LoadFailedException {
    plain.check(ANSWER);

    assertFalse(plain.deflates());
  }

  @Test
  void noticesWhatWasNegotiated() throws LoadFailedException {
    all.check(
        ANSWER
            + "Sec-WebSocket-Protocol: mqtt\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n");

    assertTrue(all.deflates());
    assertFalse(all.keepsContext());
  }

  @Test
  void refusesAnythingElseAndSaysWhatItWas() {
    assertEquals(
        "upgrade: 'HTTP/1.1 404 Not Found' (expected: HTTP/1.1 101)",
        assertThrows(LoadFailedException.class, () -> plain.check("HTTP/1.1 404 Not Found\r\n"))
            .getMessage());
    assertThrows(LoadFailedException.class, () -> plain.check("HTTP/1.1 101 OK\r\n"));
    assertThrows(
        LoadFailedException.class, () -> plain.check(ANSWER.replace("s3pPLMBiTxa", "XXXXXXXXXXX")));
    assertEquals(
        "subprotocol: null (expected: mqtt)",
        assertThrows(LoadFailedException.class, () -> all.check(ANSWER)).getMessage());
  }
}
