package org.peerrelay.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may use a relay from within a browser, which tells the origin of the page with every
 * WebSocket and every request to another site (RFC 6454). All else sends no origin, or any it
 * likes: this keeps out other sites, but no programs.
 *
 * @param origins those that may, {@code https://app.example} or {@code null}; none of them for all
 */
public record AllowedOrigins(Set<String> origins) {
  /** Every page may. */
  public static final AllowedOrigins ALL = new AllowedOrigins(Set.of());

  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>[a-z0-9._~-]+|\\[[0-9a-f:.]+])(?<port>:\\d{1,5})?");

  /** Browsers leave them out. */
  private static final Map<String, String> IMPLIED_PORTS =
      Map.of("http", ":80", "ws", ":80", "https", ":443", "wss", ":443");

  private static final String NULL = "null";

  /**
   * Checks the origins.
   *
   * @throws IllegalArgumentException with one clear line if one is none
   */
  public AllowedOrigins {
    origins = origins.stream().map(AllowedOrigins::check).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Checks an origin, and returns it as browsers write it.
   *
   * @throws IllegalArgumentException with one clear line if it is none
   */
  public static String check(String origin) {
    String normal = normal(origin);
    if (normal == null) {
      throw new IllegalArgumentException(
          "'" + origin + "' (expected: https://HOST or https://HOST:PORT without a path, or null)");
    }
    return normal;
  }

  private static @Nullable String normal(String origin) {
    String text = origin.toLowerCase(Locale.ROOT);
    Matcher parts = ORIGIN.matcher(text);
    if (!parts.matches()) {
      return text.equals(NULL) ? text : null;
    }
    String port = parts.group("port");
    return port != null && port.equals(IMPLIED_PORTS.get(parts.group("scheme")))
        ? text.substring(0, text.length() - port.length())
        : text;
  }

  /** Whether a request with these headers is served: no browser sends it, or an allowed page. */
  public boolean admit(HttpHeaders headers) {
    return origins.isEmpty()
        || headers.getAll(HttpHeaderNames.ORIGIN).stream().allMatch(this::isListed);
  }

  private boolean isListed(String origin) {
    String normal = normal(origin);
    return normal != null && origins.contains(normal);
  }

  /**
   * Whose scripts may read the answer to a request, as {@code Access-Control-Allow-Origin} says it:
   * all, the origin of the request, or null for nobody.
   */
  public @Nullable String readers(HttpHeaders headers) {
    if (origins.isEmpty()) {
      return "*";
    }
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    return origin != null && isListed(origin) ? origin : null;
  }
}
