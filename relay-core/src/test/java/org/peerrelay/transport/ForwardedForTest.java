package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.AddressBlock;

/** Where a relay sees the clients of links whose upgrade says that it was passed on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardedForTest {
  private final Random random = new Random(7);
  private RelayBench trusting;
  private RelayBench other;

  @BeforeAll
  void start() throws IOException {
    trusting = bench("127.0.0.0/30", "192.0.2.0/24");
    other = bench("127.0.0.2");
  }

  private static RelayBench bench(String... proxies) throws IOException {
    List<AddressBlock> blocks = List.of(proxies).stream().map(AddressBlock::parse).toList();
    return new RelayBench(builder -> builder.trustedProxies(new TrustedProxies(blocks)));
  }

  @AfterAll
  void stop() {
    trusting.close();
    other.close();
  }

  private String seenAt(RelayBench bench, String... fields) throws IOException {
    StringBuilder headers = new StringBuilder();
    for (String field : fields) {
      headers.append("x-forwarded-for: ").append(field).append("\r\n");
    }
    try (RawClient client = bench.connect()) {
      assertTrue(client.upgrade(headers.toString()).startsWith("HTTP/1.1 101 "));
      PeerId id = PeerId.random(random);
      client.hello(id);
      bench.relay.awaitLinked(id);
      return bench.address(id);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "203.0.113.7 > 203.0.113.7",
        "203.0.113.7:4711 > 203.0.113.7:4711",
        "2001:db8::7 > 2001:db8::7",
        "[2001:db8::7]:4711 > [2001:db8::7]:4711",
        "198.51.100.66, 203.0.113.7, 192.0.2.1 > 203.0.113.7"
      })
  void theClientIsWhereTheProxySays(String field, String seen) throws IOException {
    assertEquals(seen, seenAt(trusting, field));
  }

  @Test
  void severalFieldsAreOneList() throws IOException {
    assertEquals("203.0.113.7", seenAt(trusting, "198.51.100.66", "203.0.113.7", "192.0.2.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "203.0.113.7, unknown", "203.0.113.7,"})
  void whereItSaysNoAddressItsOwnCounts(String field) throws IOException {
    String seen = seenAt(trusting, field);
    assertTrue(seen.startsWith("127.0.0.1:"), seen);
  }

  @Test
  void nobodyElseIsBelieved() throws IOException {
    for (String claim : List.of("198.51.100.66", "198.51.100.66, 127.0.0.2", "127.0.0.2")) {
      String seen = seenAt(other, claim);
      assertTrue(seen.startsWith("127.0.0.1:"), seen);
    }
  }

  @Test
  void noOtherHeaderIsBelieved() throws IOException {
    try (RawClient client = trusting.connect()) {
      String claims =
          """
          Forwarded: for=198.51.100.66\r
          X-Real-IP: 198.51.100.66\r
          X-Client-IP: 198.51.100.66\r
          """;
      assertTrue(client.upgrade(claims).startsWith("HTTP/1.1 101 "));
      PeerId id = PeerId.random(random);
      client.hello(id);
      trusting.relay.awaitLinked(id);
      assertTrue(trusting.address(id).startsWith("127.0.0.1:"));
    }
  }
}
