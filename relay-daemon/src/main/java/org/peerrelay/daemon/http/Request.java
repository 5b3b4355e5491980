package org.peerrelay.daemon.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body has come.
 *
 * @param method GET, HEAD and so on
 * @param headers its header fields
 * @param variables what stands in the path where the route has a name in braces
 * @param body its bytes
 * @param from the address of the connection's other end; null where that has none
 */
public record Request(
    HttpMethod method,
    HttpHeaders headers,
    Map<String, String> variables,
    byte[] body,
    @Nullable InetAddress from) {

  /** Whether the answer is to have no body. */
  public boolean isHead() {
    return method.equals(HttpMethod.HEAD);
  }

  /** The part of the path that the route names {@code {name}}. */
  public String variable(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  /** How much the client wants a media type: 0, not at all, to 1. All that it does not restrict. */
  public double quality(String mediaType) {
    return MediaRanges.of(headers).quality(mediaType);
  }

  /** Whether the client names a media type, and not only a range that it is in. */
  public boolean names(String mediaType) {
    return MediaRanges.of(headers).names(mediaType);
  }
}
