package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.relay.Refusal;

/** Browsers at a relay that takes those of one origin only. */
class OriginTest extends UnharmedRelay {
  OriginTest() {
    super(builder -> builder.origins(new AllowedOrigins(Set.of("https://app.example"))));
  }

  private long refused() {
    return Objects.requireNonNull(bench.counters().refused().get(Refusal.WRONG_ORIGIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example\r\n",
        "Origin: http://app.example\r\n",
        "Origin: https://app.example:8443\r\n",
        "Origin: null\r\n",
        "Origin:\r\n",
        "Origin: https://app.example\r\nOrigin: https://evil.example\r\n",
        "Origin: https://evil.example\r\nSec-WebSocket-Protocol: peer-relay.2\r\n"
      })
  void aPageOfAnotherIsRefused(String headers) throws IOException {
    long before = refused();
    try (RawClient client = bench.connect()) {
      client.write(RawClient.UPGRADE + headers + "\r\n");
      String answer = client.readToEnd();
      assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
      assertTrue(answer.endsWith("may connect to this Peer Relay node.\n"), answer);
    }
    assertEquals(before + 1, refused());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Origin: https://app.example\r\n", "origin: HTTPS://APP.example:443\r\n"})
  void aPageOfItIsTaken(String headers) throws IOException {
    long before = refused();
    try (RawClient client = bench.connect()) {
      String head = client.upgrade(headers);
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    }
    assertEquals(before, refused());
  }

  @Test
  void whoIsNoBrowserIsTaken() throws IOException {
    try (RawClient client = bench.connect()) {
      assertTrue(client.upgrade("").startsWith("HTTP/1.1 101 "));
    }
  }

  @Test
  void withoutListAllAreTaken() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        RawClient client = RawClient.connect(relay.address())) {
      assertTrue(client.upgrade("Origin: https://evil.example\r\n").startsWith("HTTP/1.1 101 "));
    }
  }
}
