package org.peerrelay.daemon.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** What the front writes. */
final class Responses {
  private Responses() {}

  /**
   * The whole of {@code answer}; its head alone, if {@code request} wants no more.
   *
   * @param readers as for {@link #addCommon}
   */
  static FullHttpResponse of(
      HttpRequest request, Answer answer, boolean keepAlive, @Nullable String readers) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            request.method().equals(HttpMethod.HEAD)
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(answer.body()));
    answer.headers().forEach(response.headers()::set);
    if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    }
    if (!answer.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    addCommon(response, readers);
    HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
    return response;
  }

  /** Tells the client to send the body. */
  static FullHttpResponse proceed() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  /**
   * What every response has: whose scripts may read it, and that nobody is to guess its type.
   *
   * @param readers a star for all, an origin, or null for nobody
   */
  static void addCommon(HttpResponse response, @Nullable String readers) {
    HttpHeaders headers = response.headers().set("X-Content-Type-Options", "nosniff");
    if (readers != null) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, readers);
    }
    if (!"*".equals(readers)) {
      headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }
  }
}
