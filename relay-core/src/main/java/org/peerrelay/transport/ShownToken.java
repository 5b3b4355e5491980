package org.peerrelay.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.SharedToken;

/**
 * The token that a request shows: as {@code Authorization: Bearer TOKEN} (RFC 6750) or, where a
 * browser can set no header, as {@code ?token=TOKEN}.
 */
public final class ShownToken {
  private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+) *");

  private ShownToken() {}

  /** The token; null if there is none, or what is there cannot be one. */
  public static @Nullable String of(HttpHeaders headers, String target) {
    String field = headers.get(HttpHeaderNames.AUTHORIZATION);
    Matcher bearer = BEARER.matcher(field == null ? "" : field);
    String shown = bearer.matches() ? bearer.group(1) : WebSocketUrl.token(target);
    return shown == null || !SharedToken.isToken(shown) ? null : shown;
  }
}
