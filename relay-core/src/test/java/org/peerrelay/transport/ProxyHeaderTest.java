package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.routing.AddressBlock;

/**
 * The PROXY protocol in front of a relay that trusts this machine, and of one that trusts another.
 * After each connection both relay as before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyHeaderTest {
  private static final String CLIENT = "203.0.113.7";
  private static final String V1 = "PROXY TCP4 203.0.113.7 192.0.2.1 4711 443\r\n";
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private final Random random = new Random(6);
  private RelayBench trusting;
  private RelayBench other;

  @BeforeAll
  void start() throws IOException {
    trusting = bench("127.0.0.1");
    other = bench("127.0.0.2");
  }

  private static RelayBench bench(String proxy) throws IOException {
    TrustedProxies proxies = new TrustedProxies(List.of(AddressBlock.parse(proxy)));
    return new RelayBench(
        builder -> builder.transport(RelayBench.quick(1_000)).trustedProxies(proxies));
  }

  @AfterAll
  void stop() {
    trusting.close();
    other.close();
  }

  @AfterEach
  void theRelaysStillRelay() {
    trusting.assertRelays();
    other.assertRelays();
  }

  /** Becomes a link behind {@code header}, and returns at which address the relay sees it. */
  private String seenAt(RelayBench bench, byte[] header, int bytesAtOnce, String moreHeaders)
      throws IOException {
    try (RawClient client = bench.connect()) {
      for (int i = 0; i < header.length; i += bytesAtOnce) {
        client.write(Arrays.copyOfRange(header, i, Math.min(header.length, i + bytesAtOnce)));
      }
      String head = client.upgrade(moreHeaders);
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      PeerId id = PeerId.random(random);
      client.hello(id);
      bench.relay.awaitLinked(id);
      return bench.address(id);
    }
  }

  private String seenBehind(byte[] header) throws IOException {
    return seenAt(trusting, header, header.length, "");
  }

  private static String answer(RelayBench bench, byte[] header, String request) throws IOException {
    byte[] text = request.getBytes(StandardCharsets.US_ASCII);
    byte[] both = Arrays.copyOf(header, header.length + text.length);
    System.arraycopy(text, 0, both, header.length, text.length);
    try (RawClient client = bench.connect()) {
      client.write(both);
      return client.readToEnd();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7:4711",
    "2001:db8::7, [2001:db8::7]:4711",
  })
  void theClientIsWhereTheProxySays(String client, String seen) throws IOException {
    assertEquals(seen, seenBehind(ProxyHeaders.of(client, 4_711, 0)));
  }

  @Test
  void anIpv4ClientInsideIpv6IsThatOfIpv4() throws IOException {
    byte[] rest = ProxyHeaders.addresses("2001:db8::7", 4_711, 0);
    Arrays.fill(rest, 0, 16, (byte) 0);
    rest[10] = -1;
    rest[11] = -1;
    rest[12] = 10;
    byte[] header = ProxyHeaders.header(ProxyHeaders.PROXY, ProxyHeaders.TCP_IPV6, rest);
    assertEquals("10.0.0.0:4711", seenBehind(header));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100, ProxyHeader.MAX_BYTES - 12})
  void whatElseTheProxyTellsIsReadOver(int moreBytes) throws IOException {
    assertEquals(CLIENT + ":4711", seenBehind(ProxyHeaders.of(CLIENT, 4_711, moreBytes)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 13, 16, 27})
  void itMayComeInPieces(int bytesAtOnce) throws IOException {
    byte[] header = ProxyHeaders.of(CLIENT, 4_711, 20);
    assertEquals(CLIENT + ":4711", seenAt(trusting, header, bytesAtOnce, ""));
  }

  @ParameterizedTest
  @CsvSource({"0x20, 0x11", "0x20, 0x00", "0x20, 0xff", "0x21, 0x00", "0x21, 0x12", "0x21, 0x31"})
  void whereItNamesNoTcpClientTheProxysAddressCounts(int command, int family) throws IOException {
    byte[] rest = ProxyHeaders.addresses(CLIENT, 4_711, 204);
    String seen = seenBehind(ProxyHeaders.header(command, family, rest));
    assertTrue(seen.startsWith("127.0.0.1:"), seen);
  }

  @Test
  void itMayBeEmpty() throws IOException {
    String seen = seenBehind(ProxyHeaders.header(ProxyHeaders.LOCAL, 0, new byte[0]));
    assertTrue(seen.startsWith("127.0.0.1:"), seen);
  }

  @Test
  void aNamedClientIsNotBelievedWhoElseItIs() throws IOException {
    byte[] header = ProxyHeaders.of(CLIENT, 4_711, 0);
    String spoof = "X-Forwarded-For: 198.51.100.66\r\n";
    assertEquals(CLIENT + ":4711", seenAt(trusting, header, header.length, spoof));
  }

  @Test
  void aNamedProxyIsAskedForItsOwnClient() throws IOException {
    byte[] header = ProxyHeaders.of("127.0.0.1", 4_711, 0);
    String further = "X-Forwarded-For: 198.51.100.66\r\n";
    assertEquals("198.51.100.66", seenAt(trusting, header, header.length, further));
  }

  @Test
  void aSecondHeaderIsGarbage() throws IOException {
    byte[] one = ProxyHeaders.of(CLIENT, 4_711, 0);
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertBadRequest(answer(trusting, two, REQUEST));
  }

  @Test
  void version1IsGarbage() throws IOException {
    assertBadRequest(answer(trusting, new byte[0], V1 + REQUEST));
    assertBadRequest(answer(other, new byte[0], V1 + REQUEST));
  }

  @Test
  void fromAnybodyElseItIsGarbage() throws IOException {
    assertBadRequest(answer(other, ProxyHeaders.of(CLIENT, 4_711, 0), REQUEST));
    byte[] local = ProxyHeaders.header(ProxyHeaders.LOCAL, 0, new byte[0]);
    assertBadRequest(answer(other, local, REQUEST));
  }

  private static void assertBadRequest(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @Test
  void whatOnlyBeginsAsAHeaderIsNone() throws IOException {
    String answer = answer(trusting, new byte[0], "\r\n\r\n" + REQUEST);
    assertTrue(answer.startsWith("HTTP/1.1 426 "), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "0x21, 0x11, 11",
    "0x21, 0x21, 35",
    "0x21, 0x11, 0",
    "0x21, 0x11, 2049",
    "0x20, 0x00, 65535",
    "0x11, 0x11, 12",
    "0x22, 0x11, 12",
    "0x00, 0x00, 0",
    "0xff, 0xff, 12"
  })
  void aMalformedHeaderEndsTheConnection(int command, int family, int length) throws IOException {
    long before = trusting.closed(CloseReason.MALFORMED);
    byte[] header = ProxyHeaders.header(command, family, new byte[length]);
    try (RawClient client = trusting.connect()) {
      try {
        client.write(header);
        client.write(REQUEST);
      } catch (IOException refused) {
        // It did not want to read all of it.
      }
      assertEquals("", client.readToEnd());
    }
    assertEquals(before + 1, trusting.closed(CloseReason.MALFORMED));
  }

  @Test
  void aHeaderWithoutEndHasTheDeadlineOfHandshakes() throws IOException {
    long before = trusting.closed(CloseReason.HANDSHAKE_TIMEOUT);
    byte[] header = ProxyHeaders.of(CLIENT, 4_711, 20);
    assertEquals("", answer(trusting, Arrays.copyOf(header, 5), ""));
    assertEquals("", answer(trusting, Arrays.copyOf(header, header.length - 1), ""));
    assertEquals(before + 2, trusting.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }
}
