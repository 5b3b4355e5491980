package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://localhost:8000",
        "ws://relay.example",
        "wss://relay.example/any/path?x=1",
        "ws://127.0.0.1:1",
        "ws://[::1]:65535/"
      })
  void aUrlThatCanBeDialedIsReturnedAsItIs(String url) {
    assertEquals(url, WebSocketUrl.check(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:8000",
        "http://relay.example",
        "WS//relay.example",
        "ws:relay.example",
        "ws://",
        "ws://:8000",
        "ws:///path",
        "ws://relay.example:0",
        "ws://relay.example:65536",
        "ws://relay.example:99999999999",
        "ws://a b",
        "ws://a_b"
      })
  void aUrlThatCannotBeDialedIsRefusedInOneLine(String url) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> WebSocketUrl.check(url));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("URL: '" + url + "' (expected: ws://"), message);
    assertEquals(1, message.lines().count());
  }

  @ParameterizedTest
  @CsvSource({
    "ws://r.example,,ws://r.example",
    "ws://r.example/?a=token=b,,ws://r.example/?a=token=b",
    "ws://r.example/?mytoken=b,,ws://r.example/?mytoken=b",
    "ws://r.example/?token=,,ws://r.example/",
    "ws://r.example/?token=b,b,ws://r.example/",
    "ws://r.example/p?token=b&c=d,b,ws://r.example/p?c=d",
    "ws://r.example/p?c=d&token=b,b,ws://r.example/p?c=d",
    "ws://r.example?a=1&token=b&c=2#f,b,ws://r.example?a=1&c=2#f",
    "ws://r.example?token=b#f,b,ws://r.example#f",
    "ws://r.example/?token=b&token=c,b,ws://r.example/"
  })
  void aTokenIsTakenOutOfAUrl(String url, @Nullable String token, String told) {
    assertEquals(token, WebSocketUrl.token(url));
    assertEquals(told, WebSocketUrl.withoutToken(url));
  }

  @Test
  void theUrlOfAListenerNamesItsAddressAndCanBeDialed() throws UnknownHostException {
    InetAddress ipv4 = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    assertEquals("ws://10.0.0.1:80", WebSocketUrl.of(new InetSocketAddress(ipv4, 80), false));
    byte[] bytes = new byte[16];
    bytes[0] = (byte) 0xfd;
    bytes[15] = 1;
    InetAddress ipv6 = InetAddress.getByAddress(bytes);
    String url = WebSocketUrl.of(new InetSocketAddress(ipv6, 8_000), false);
    assertEquals("ws://[fd00:0:0:0:0:0:0:1]:8000", WebSocketUrl.check(url));
  }

  @Test
  void theUrlOfALinkLocalListenerCanBeDialed() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) 0xfe;
    bytes[1] = (byte) 0x80;
    bytes[15] = 1;
    InetAddress scoped = Inet6Address.getByAddress(null, bytes, 2);
    WebSocketUrl.check(WebSocketUrl.of(new InetSocketAddress(scoped, 8_000), false));
  }

  @Test
  void thePortIsThatOfTheSchemeWhereNoneIsGiven() {
    assertEquals(80, WebSocketUrl.port(URI.create("ws://a.example")));
    assertEquals(443, WebSocketUrl.port(URI.create("wss://a.example")));
    assertEquals(8_000, WebSocketUrl.port(URI.create("wss://a.example:8000")));
  }
}
