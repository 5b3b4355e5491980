package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection that is closed politely: the close frame has been sent or waits to be,
 * and the other end is expected to answer it and to hang up. A socket that is closed before that,
 * while something unread has come in, resets the connection and takes with it what is still on its
 * way out. Event loop only.
 */
final class Farewell {
  private Farewell() {}

  /** Sends the close frame. */
  static void send(Channel channel, int code, String text) {
    channel
        .writeAndFlush(new CloseWebSocketFrame(code, text))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** Closes {@code channel} in {@code delayNs}, if it is still open then. */
  static void endsWithin(Channel channel, long delayNs) {
    Future<?> timer =
        channel.eventLoop().schedule(() -> channel.close(), delayNs, TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
  }

  /**
   * From now on reads bytes and throws them away, if {@code cause} says that they are WebSocket no
   * more. Netty would, too, but byte by byte.
   */
  static void ignoreInput(Channel channel, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException) {
      channel.pipeline().addFirst(new Discarding());
    }
  }

  private static final class Discarding extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }
  }
}
