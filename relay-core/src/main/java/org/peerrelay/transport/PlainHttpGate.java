package org.peerrelay.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Supplier;

/**
 * Decides by a connection's first request what the connection is for. If it asks for WebSocket, the
 * gate leaves, and the link's own handlers answer. Else those leave, and the HTTP front has the
 * connection until it is closed: an upgrade that comes later is none of the gate's business. The
 * handshake deadline runs until the decision, so a head that never ends holds no connection.
 */
final class PlainHttpGate extends ChannelInboundHandlerAdapter {
  private final Supplier<? extends ChannelHandler> front;

  PlainHttpGate(Supplier<? extends ChannelHandler> front) {
    this.front = front;
  }

  /**
   * How to decode where requests follow one another: whatever two readers could take for different
   * requests (RFC 9112, sections 2.2, 6.3 and 11.2) is refused.
   */
  static HttpDecoderConfig strict() {
    return new HttpDecoderConfig().setStrictLineParsing(true).setUseRfc9112TransferEncoding(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request && !asksForWebSocket(request)) {
      ChannelPipeline pipeline = ctx.pipeline();
      pipeline.remove(HttpObjectAggregator.class);
      pipeline.remove(UpgradeAcceptor.class);
      pipeline.replace(OpeningHandler.class, null, front.get());
    }
    // First, since an upgrade gives back what the codec has read too far.
    ctx.pipeline().remove(this);
    ctx.fireChannelRead(message);
  }

  private static boolean asksForWebSocket(HttpRequest request) {
    return request
        .headers()
        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }
}
