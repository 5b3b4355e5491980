package org.peerrelay.lab.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerrelay.testing.WebSocketServer;

/**
 * A relay of the legacy format with habits that ours does not have, made of Netty's own codecs: it
 * negotiates compression, sends each message in three fragments, pings after each, and hands a copy
 * of every message to its sender too.
 */
final class ReflectingRelay implements AutoCloseable {
  private static final WebSocketServerProtocolConfig PROTOCOL =
      WebSocketServerProtocolConfig.newBuilder()
          .websocketPath("/")
          .dropPongFrames(false)
          .decoderConfig(WebSocketDecoderConfig.newBuilder().allowExtensions(true).build())
          .build();
  private static final String HELLO = "\"" + "ab".repeat(20) + "\"";

  private final Map<String, Channel> clients = new ConcurrentHashMap<>();
  private final AtomicInteger pongs = new AtomicInteger();
  private final WebSocketServer server;

  ReflectingRelay() {
    server =
        new WebSocketServer(
            connection ->
                connection.addLast(
                    new WebSocketServerCompressionHandler(0),
                    new WebSocketServerProtocolHandler(PROTOCOL),
                    new Reflector()));
  }

  String url() {
    return server.url();
  }

  /** How many of its pings have been answered. */
  int pongs() {
    return pongs.get();
  }

  @Override
  public void close() {
    server.close();
  }

  private final class Reflector extends SimpleChannelInboundHandler<WebSocketFrame> {
    private boolean helloSeen;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
      if (frame instanceof PongWebSocketFrame) {
        pongs.incrementAndGet();
      } else if (frame instanceof TextWebSocketFrame text && helloSeen) {
        String datagram = text.text();
        String to = datagram.substring(7, 47);
        send(ctx.channel(), datagram);
        send(Objects.requireNonNull(clients.get(to)), datagram);
      } else if (frame instanceof TextWebSocketFrame text) {
        helloSeen = true;
        clients.put(text.text().substring(1, 41), ctx.channel());
        send(ctx.channel(), HELLO);
      }
    }

    /** A client that is closed with something unread resets its connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    private void send(Channel client, String text) {
      int third = text.length() / 3;
      client.write(new TextWebSocketFrame(false, 0, text.substring(0, third)));
      client.write(new ContinuationWebSocketFrame(false, 0, text.substring(third, 2 * third)));
      client.write(new PingWebSocketFrame());
      client.writeAndFlush(new ContinuationWebSocketFrame(true, 0, text.substring(2 * third)));
    }
  }
}
