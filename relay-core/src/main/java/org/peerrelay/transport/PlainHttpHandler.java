package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/**
 * Lets WebSocket upgrades through and answers every other HTTP request with what to do instead. One
 * request a connection. Of WebSocket only RFC 6455 is let through: Netty would also speak its
 * drafts, the oldest of which has neither masks nor close codes.
 */
final class PlainHttpHandler extends ChannelInboundHandlerAdapter {
  private static final String VERSION = WebSocketVersion.V13.toHttpHeaderValue();

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    FullHttpRequest request = (FullHttpRequest) message;
    boolean readable = request.decoderResult().isSuccess();
    if (readable && isUpgrade(request)) {
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(request);
      return;
    }
    request.release();
    ctx.writeAndFlush(readable ? upgradeRequired(ctx) : badRequest(ctx))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static boolean isUpgrade(FullHttpRequest request) {
    HttpHeaders headers = request.headers();
    return request.method().equals(HttpMethod.GET)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
  }

  private static FullHttpResponse upgradeRequired(ChannelHandlerContext ctx) {
    FullHttpResponse response =
        response(
            ctx,
            HttpResponseStatus.UPGRADE_REQUIRED,
            "This is a Peer Relay node. Connect to this address by WebSocket (ws://).\n");
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
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
