package org.peerrelay.lab.load;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.WebSocketUrl;

/**
 * Where a relay is, as its URL says.
 *
 * @param secure whether it is spoken to over TLS
 * @param host its name or address, an IPv6 address in brackets
 * @param port its port, also where that is the scheme's own
 * @param hostHeader host and port as HTTP wants them: the port only if the URL has one
 * @param path path and query, beginning with a slash, without the token
 * @param token what is shown to the relay; null if nothing
 */
record RelayUrl(
    boolean secure, String host, int port, String hostHeader, String path, @Nullable String token) {
  private static final int WS_PORT = 80;
  private static final int WSS_PORT = 443;

  /**
   * Takes {@code url} apart.
   *
   * @throws IllegalArgumentException with one clear line if it cannot be dialed
   */
  static RelayUrl of(String url) {
    URI uri = URI.create(WebSocketUrl.withoutToken(WebSocketUrl.check(url)));
    boolean secure = "wss".equals(uri.getScheme());
    boolean portGiven = uri.getPort() >= 0;
    int implied = secure ? WSS_PORT : WS_PORT;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new RelayUrl(
        secure,
        uri.getHost(),
        portGiven ? uri.getPort() : implied,
        portGiven ? uri.getHost() + ":" + uri.getPort() : uri.getHost(),
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
        WebSocketUrl.token(url));
  }

  /** What a dialer says that it has dialed: host and port in lower case, the port always there. */
  String authority() {
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }
}
