package org.peerrelay.daemon.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.transport.ShownToken;

/** A request whose body has come. */
public final class Request {
  private final HttpRequest head;
  private final Map<String, String> variables;
  private final byte[] body;
  private final @Nullable InetAddress from;

  Request(
      HttpRequest head, Map<String, String> variables, byte[] body, @Nullable InetAddress from) {
    this.head = head;
    this.variables = variables;
    this.body = body;
    this.from = from;
  }

  /** Its header fields. */
  public HttpHeaders headers() {
    return head.headers();
  }

  /** The bytes of its body, which are the caller's. */
  public byte[] body() {
    return body;
  }

  /**
   * Whom the client's address stands for, where things are counted by client. All without address
   * are one.
   */
  public String client() {
    return from == null ? "" : AddressBlock.ofClient(from).toString();
  }

  /** Where the client is; null if that is not known. */
  @Nullable InetAddress address() {
    return from;
  }

  /** What the client shows to use the relay; null if nothing. */
  @Nullable String accessToken() {
    return ShownToken.of(headers(), head.uri());
  }

  /** Whether the answer is to have no body. */
  public boolean isHead() {
    return head.method().equals(HttpMethod.HEAD);
  }

  /** The part of the path that the route names {@code {name}}. */
  public String variable(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  /** The first value of a name in the query; null if there is none, or none that can be read. */
  public @Nullable String query(String name) {
    try {
      List<String> values = new QueryStringDecoder(head.uri()).parameters().get(name);
      return values == null ? null : values.get(0);
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  /** How much the client wants a media type: 0, not at all, to 1. All that it does not restrict. */
  public double quality(String mediaType) {
    return MediaRanges.of(headers()).quality(mediaType);
  }

  /** Whether the client names a media type, and not only a range that it is in. */
  public boolean names(String mediaType) {
    return MediaRanges.of(headers()).names(mediaType);
  }
}
