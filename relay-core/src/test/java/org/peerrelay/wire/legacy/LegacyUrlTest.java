package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.wire.DialableUrl;

/**
 * The URLs of handshake answers. An npm peer gives them to {@code new WebSocket(url)} as they are;
 * where that throws at once, its process ends.
 */
class LegacyUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://localhost:8000",
        "ws://localhost",
        "ws://localhost/",
        "wss://relay.example",
        "wss://relay.example:443/path/to?query=1&more",
        "ws://a-b.c-d.example.:65535",
        "ws://127.0.0.1:1",
        "ws://[::1]:8000/",
        "ws://[2001:db8::1:2]",
        "ws://[::ffff:127.0.0.1]:80",
        "ws://host:/",
        "ws://host/%20"
      })
  void aUrlThatEveryPeerCanDial(String url) {
    assertTrue(DialableUrl.isOne(url));
  }

  @ParameterizedTest
  @MethodSource("deadly")
  void aUrlThatEndsAnNpmPeer(String url) {
    assertFalse(DialableUrl.isOne(url), url);
  }

  static Stream<Named<String>> deadly() {
    return Stream.of(
        Named.of("empty", ""),
        Named.of("no slashes", "ws:localhost"),
        Named.of("no host", "ws://"),
        Named.of("no host but a path", "ws:///path"),
        Named.of("port 65536", "ws://localhost:65536"),
        Named.of("a port longer than an int", "ws://localhost:99999999999"),
        Named.of("a broken percent escape in a user's name", "ws://us%zer@localhost"),
        Named.of("an IPv6 zone", "ws://[fe80::1%eth0]:80"),
        Named.of("an escaped IPv6 zone", "ws://[fe80::1%25eth0]:80"),
        Named.of("an IPv6 address without end", "ws://[::1"),
        Named.of("punycode that stands for nothing", "ws://xn--/"),
        Named.of("punycode that cannot be decoded", "ws://relay.xn--0.example/"),
        Named.of("punycode in capitals that cannot be decoded", "ws://XN--0/"),
        Named.of("a host longer than any name", "ws://" + "a.".repeat(150) + "example"),
        Named.of("a path beyond ISO 8859-1", "ws://localhost/\u4e16"),
        Named.of("a query beyond ISO 8859-1", "ws://localhost/?\u4e16"));
  }

  @ParameterizedTest
  @MethodSource("useless")
  void aUrlThatNobodyShouldDial(String url) {
    assertFalse(DialableUrl.isOne(url), url);
  }

  static Stream<Named<String>> useless() {
    return Stream.of(
        Named.of("another scheme", "http://localhost"),
        Named.of("no scheme", "localhost:8000"),
        Named.of("no host but a port", "ws://:80"),
        Named.of("a port of letters", "ws://localhost:http"),
        Named.of("two ports", "ws://localhost:80:81"),
        Named.of("no IPv6 address in brackets", "ws://[localhost]"),
        Named.of("a space in the path", "ws://localhost/a b"),
        Named.of("a NUL", "ws://localhost/\u0000"),
        Named.of("a scheme that begins alike", "ws+unix:///run/socket"),
        Named.of("a scheme in capitals", "WS://localhost"),
        Named.of("port 0", "ws://localhost:0"),
        Named.of("a user's name", "ws://user@localhost"),
        Named.of("a password", "ws://user:secret@localhost"),
        Named.of("a fragment, at which a browser throws", "ws://localhost/#top"),
        Named.of("an underscore in the host", "ws://my_host"),
        Named.of("a host beyond ASCII", "ws://b\u00fccher.example"),
        Named.of("a path beyond ASCII", "ws://localhost/\u00e4"),
        Named.of("quotes", "ws://localhost/\"x\""),
        Named.of("a backslash", "ws://localhost\\x"),
        Named.of("white space in front", " ws://localhost"));
  }
}
