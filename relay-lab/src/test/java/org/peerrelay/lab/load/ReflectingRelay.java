package org.peerrelay.lab.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay of the legacy format with habits that ours does not have, made of Netty's own codecs: it
 * negotiates compression, sends each message in three fragments, pings after each, and hands a copy
 * of every message to its sender too.
 */
final class ReflectingRelay implements AutoCloseable {
  private static final int MAX_HTTP_BYTES = 8_192;
  private static final WebSocketServerProtocolConfig PROTOCOL =
      WebSocketServerProtocolConfig.newBuilder()
          .websocketPath("/")
          .dropPongFrames(false)
          .decoderConfig(WebSocketDecoderConfig.newBuilder().allowExtensions(true).build())
          .build();
  private static final String HELLO = "\"" + "ab".repeat(20) + "\"";

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, Channel> clients = new ConcurrentHashMap<>();
  private final AtomicInteger pongs = new AtomicInteger();
  private final Channel listening;

  ReflectingRelay() {
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MAX_HTTP_BYTES),
                            new WebSocketServerCompressionHandler(0),
                            new WebSocketServerProtocolHandler(PROTOCOL),
                            new Reflector());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  String url() {
    return "ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** How many of its pings have been answered. */
  int pongs() {
    return pongs.get();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
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
