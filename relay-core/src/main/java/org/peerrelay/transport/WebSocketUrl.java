package org.peerrelay.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.PrintableUrl;
import org.peerrelay.wire.DialableUrl;

/** URLs of the schemes {@code ws} and {@code wss} (RFC 6455, section 3). */
public final class WebSocketUrl {
  private static final int WS_PORT = 80;
  private static final int WSS_PORT = 443;
  private static final int MAX_PORT = 65_535;

  private static final Pattern TOKEN = Pattern.compile("(?<=[?&])token=([^&#]*)&?");
  private static final Pattern NOTHING_MORE = Pattern.compile("[?&](?=#|$)");

  private WebSocketUrl() {}

  /**
   * Checks that {@code url} can be dialed, and returns it.
   *
   * @throws IllegalArgumentException with one clear line if it cannot
   */
  public static String check(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw refused(url);
    }
    boolean webSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
    if (!webSocket || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw refused(url);
    }
    return url;
  }

  /**
   * Checks that {@code url} can be dialed by everybody who is told of it, and returns it: npm peers
   * die of URLs that their library cannot parse.
   *
   * @throws IllegalArgumentException with one clear line if it cannot
   */
  public static String checkTold(String url) {
    check(url);
    if (token(url) != null) {
      throw new IllegalArgumentException(
          "URL to tell others: '" + PrintableUrl.of(url) + "' with a token (expected: none in it)");
    }
    if (!DialableUrl.isOne(url)) {
      throw new IllegalArgumentException(
          "URL to tell others: '"
              + PrintableUrl.of(url)
              + "' (expected: plain ASCII, no punycode, zone, user or fragment, port 1 to 65535)");
    }
    return url;
  }

  /** The token in the query of a URL, or of its path and query alone; null if there is none. */
  public static @Nullable String token(String url) {
    Matcher token = TOKEN.matcher(url);
    return token.find() && !token.group(1).isEmpty() ? token.group(1) : null;
  }

  /** A URL with a token for its server, which has none yet and no query. */
  public static String withToken(String url, String token) {
    return url + "/?token=" + token;
  }

  /** A URL as it may be told and logged. */
  public static String withoutToken(String url) {
    return NOTHING_MORE.matcher(TOKEN.matcher(url).replaceAll("")).replaceAll("");
  }

  private static IllegalArgumentException refused(String url) {
    return new IllegalArgumentException(
        "URL: '" + PrintableUrl.of(url) + "' (expected: ws://HOST:PORT or wss://HOST:PORT)");
  }

  /** The URL of a listener at {@code address}, which speaks TLS or not. */
  public static String of(InetSocketAddress address, boolean secure) {
    return of(authority(address), secure);
  }

  /** The URL of a listener at {@code authority}, which speaks TLS or not. */
  static String of(String authority, boolean secure) {
    return (secure ? "wss://" : "ws://") + authority;
  }

  /** An address as it stands in a URL, an IPv6 one in brackets. */
  static String authority(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    boolean bracketed = address.getAddress() instanceof Inet6Address;
    return (bracketed ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  static boolean isSecure(URI uri) {
    return "wss".equals(uri.getScheme());
  }

  static int port(URI uri) {
    int implied = isSecure(uri) ? WSS_PORT : WS_PORT;
    return uri.getPort() < 0 ? implied : uri.getPort();
  }
}
