package org.peerrelay.transport;

import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that stand in the URLs that the operator gave, by the server that each is for. So the
 * rest of the node knows, keeps and tells URLs without tokens, and a server gets its token on
 * whatever way its URL has come. No other server gets any. Immutable.
 */
final class DialTokens {
  private final Map<String, String> byServer = new HashMap<>();

  DialTokens(Collection<String> urls) {
    for (String url : urls) {
      String token = WebSocketUrl.token(url);
      if (token != null) {
        byServer.put(server(URI.create(url)), token);
      }
    }
  }

  /** The token for the server that {@code uri} leads to; null if there is none. */
  @Nullable String of(URI uri) {
    return byServer.get(server(uri));
  }

  private static String server(URI uri) {
    return uri.getScheme()
        + "://"
        + uri.getHost().toLowerCase(Locale.ROOT)
        + ":"
        + WebSocketUrl.port(uri);
  }
}
