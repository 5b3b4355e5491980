package org.peerrelay.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Asks the server at a URL for a WebSocket, once connected, and checks its answer. */
final class UpgradeDialer extends UpgradeHandler {
  private static final int KEY_BYTES = 16;

  private final URI uri;
  private final boolean listens;
  private final @Nullable String token;
  private final String key;

  /**
   * For one connection.
   *
   * @param listens whether this node says that it is a relay
   * @param token what it shows the server; null if nothing
   */
  UpgradeDialer(URI uri, boolean listens, @Nullable String token) {
    super(HttpClientCodec.class);
    this.uri = uri;
    this.listens = listens;
    this.token = token;
    byte[] random = new byte[KEY_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    this.key = Base64.getEncoder().encodeToString(random);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(request(), ctx.voidPromise());
    ctx.fireChannelActive();
  }

  private FullHttpRequest request() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, path + query, Unpooled.EMPTY_BUFFER);
    request
        .headers()
        .set(HttpHeaderNames.HOST, uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key)
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION)
        .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, Subprotocol.NAME)
        .add(Role.headers(listens));
    if (token != null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
    }
    return request;
  }

  @Override
  void onHttp(ChannelHandlerContext ctx, Object message) {
    FullHttpResponse response = (FullHttpResponse) message;
    try {
      String problem = problem(response);
      if (problem == null) {
        end(ctx, new Upgraded(response.headers(), agreesOnBinary(response)));
      } else {
        ctx.fireExceptionCaught(new WebSocketHandshakeException(problem));
      }
    } finally {
      response.release();
    }
  }

  private static boolean agreesOnBinary(FullHttpResponse response) {
    return Subprotocol.NAME.equals(response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
  }

  private @Nullable String problem(FullHttpResponse response) {
    HttpHeaders headers = response.headers();
    String accept = headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
    String subprotocol = headers.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    if (response.decoderResult().isFailure()) {
      return "HTTP answer: " + response.decoderResult().cause() + " (expected: a readable one)";
    }
    if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      return "HTTP status: " + response.status() + " (expected: 101)";
    }
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      return "HTTP upgrade: none (expected: websocket)";
    }
    if (!accept(key).equals(accept)) {
      return "Sec-WebSocket-Accept: " + accept + " (expected: " + accept(key) + ")";
    }
    if (subprotocol != null && !subprotocol.equals(Subprotocol.NAME)) {
      return "subprotocol: " + subprotocol + " (expected: none that was not offered)";
    }
    if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
      return "extensions: some (expected: none)";
    }
    return null;
  }
}
