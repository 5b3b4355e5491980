package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import org.peerrelay.access.AccessVerdict;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the one HTTP request of a connection: a WebSocket upgrade on any path by agreeing,
 * everything else with what to do instead. Of WebSocket only RFC 6455 is spoken, without
 * extensions: compression costs more than the bytes it saves on small messages, in memory most of
 * all. Where legacy peers are not taken, an upgrade has to offer protocol 2. It has to come from
 * somebody who may link, and a browser from a page of an allowed origin.
 */
final class UpgradeAcceptor extends UpgradeHandler {
  private static final String NO_UPGRADE =
      "This is a Peer Relay node. Connect to this address by WebSocket.\n";
  private static final String ONLY_PROTOCOL_2 =
      "This Peer Relay node takes no peers of the npm package. Connect with the WebSocket"
          + " subprotocol "
          + Subprotocol.NAME
          + ".\n";

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeAcceptor.class);

  private static final String NO_TOKEN =
      "token: none, or another one (expected: Authorization: Bearer TOKEN, or ?token=TOKEN in the"
          + " URL)\n";
  private static final String NOT_ALLOWED =
      "address: not one that may link with this Peer Relay node\n";
  private static final String NO_PAGE_OF_OURS =
      "Origin: not one of those whose pages may connect to this Peer Relay node.\n";
  private static final String TOO_MANY =
      "This Peer Relay node has too many connections of your address. Try again later.\n";
  private static final String NO_MEMORY =
      "This Peer Relay node has too much to send to take another link. Try again later.\n";

  /** About what it takes until links whose peers do not read are closed as silent. */
  private static final int RETRY_AFTER_S = 30;

  private final LinkHost host;
  private final AllowedOrigins origins;
  private boolean answered;

  UpgradeAcceptor(LinkHost host, AllowedOrigins origins) {
    super(HttpServerCodec.class);
    this.host = host;
    this.origins = origins;
  }

  @Override
  void onHttp(ChannelHandlerContext ctx, Object message) {
    FullHttpRequest request = (FullHttpRequest) message;
    try {
      if (!answered) {
        answered = true;
        answer(ctx, request);
      }
    } finally {
      request.release();
    }
  }

  private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
    String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    boolean readable = request.decoderResult().isSuccess();
    if (readable && !isUpgrade(request)) {
      ctx.writeAndFlush(upgradeRequired(ctx, NO_UPGRADE)).addListener(ChannelFutureListener.CLOSE);
    } else if (!readable || key == null || !request.uri().startsWith("/")) {
      ctx.writeAndFlush(badRequest(ctx)).addListener(ChannelFutureListener.CLOSE);
    } else if (!origins.admit(request.headers())) {
      host.counters().countRefused(Refusal.WRONG_ORIGIN);
      ctx.writeAndFlush(response(ctx, HttpResponseStatus.FORBIDDEN, NO_PAGE_OF_OURS))
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      ClientAddress.name(ctx.channel(), request.headers());
      admit(ctx, request, key);
    }
  }

  private void admit(ChannelHandlerContext ctx, FullHttpRequest request, String key) {
    if (host.admission().admit(ctx.channel(), System.nanoTime()) != null) {
      ctx.writeAndFlush(later(ctx, HttpResponseStatus.TOO_MANY_REQUESTS, TOO_MANY))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    AccessVerdict verdict = host.access().atDoor(Newcomers.atDoor(ctx.channel(), request));
    if (verdict == AccessVerdict.YES) {
      upgrade(ctx, request.headers(), key);
      return;
    }
    LOG.debug("{}: not allowed: {}", ClientAddress.of(ctx.channel()), verdict);
    host.counters().countClosed(CloseReason.NOT_ALLOWED);
    Newcomers.countRefused(host.counters(), verdict);
    ctx.writeAndFlush(verdict == AccessVerdict.NO_TOKEN ? unauthorized(ctx) : forbidden(ctx))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void upgrade(ChannelHandlerContext ctx, HttpHeaders headers, String key) {
    if (!host.admission().admitsLink()) {
      ctx.writeAndFlush(later(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, NO_MEMORY))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    boolean binary =
        headers.containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, Subprotocol.NAME, false);
    if (binary || host.openings().takesLegacy()) {
      ctx.writeAndFlush(switching(key, binary), ctx.voidPromise());
      end(ctx, new Upgraded(headers, binary));
    } else {
      host.counters().countClosed(CloseReason.UNSUPPORTED);
      host.counters().countUnlinked(CloseReason.UNSUPPORTED);
      ctx.writeAndFlush(upgradeRequired(ctx, ONLY_PROTOCOL_2))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static boolean isUpgrade(FullHttpRequest request) {
    HttpHeaders headers = request.headers();
    return request.method().equals(HttpMethod.GET)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
  }

  private static FullHttpResponse switching(String key, boolean binary) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key.strip()));
    if (binary) {
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, Subprotocol.NAME);
    }
    return response;
  }

  private static FullHttpResponse upgradeRequired(ChannelHandlerContext ctx, String text) {
    FullHttpResponse response = response(ctx, HttpResponseStatus.UPGRADE_REQUIRED, text);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
    return response;
  }

  private static FullHttpResponse unauthorized(ChannelHandlerContext ctx) {
    FullHttpResponse response = response(ctx, HttpResponseStatus.UNAUTHORIZED, NO_TOKEN);
    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    return response;
  }

  private static FullHttpResponse forbidden(ChannelHandlerContext ctx) {
    return response(ctx, HttpResponseStatus.FORBIDDEN, NOT_ALLOWED);
  }

  private static FullHttpResponse later(
      ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
    FullHttpResponse response = response(ctx, status, text);
    response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_S);
    return response;
  }

  private static FullHttpResponse badRequest(ChannelHandlerContext ctx) {
    return response(
        ctx,
        HttpResponseStatus.BAD_REQUEST,
        "HTTP request: unreadable (expected: a WebSocket upgrade by HTTP/1.1)\n");
  }

  private static FullHttpResponse response(
      ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
    ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), text);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }
}
