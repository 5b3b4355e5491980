package org.peerrelay.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerrelay.message.CloseReason;

/**
 * Accepts WebSocket connections on any path. Compression is not negotiated: it costs more than the
 * bytes it saves on small messages, in memory most of all.
 */
final class WebSocketListener {
  private static final int MAX_HTTP_BODY_BYTES = 8_192;
  private static final int BACKLOG = 4_096;

  private final LinkHost host;
  private final int maxFrameBytes;
  private final WebSocketServerProtocolConfig protocol;
  private final AtomicInteger connections = new AtomicInteger();

  WebSocketListener(LinkHost host, int maxFrameBytes) {
    this.host = host;
    this.maxFrameBytes = maxFrameBytes;
    this.protocol =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .subprotocols(Subprotocol.NAME)
            .handshakeTimeoutMillis(host.config().handshakeNs() / 1_000_000)
            .decoderConfig(
                WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(maxFrameBytes)
                    .allowExtensions(false)
                    .expectMaskedFrames(true)
                    .closeOnProtocolViolation(false)
                    .build())
            .build();
  }

  /** Begins to listen; the future fails if the address is taken or not this machine's. */
  ChannelFuture listen(InetSocketAddress address) {
    return new ServerBootstrap()
        .group(EventLoops.group())
        .channel(EventLoops.serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                onConnection(channel);
              }
            })
        .bind(address);
  }

  /** Makes a relay's end of a connection that has come in, or closes it if there are too many. */
  void onConnection(Channel channel) {
    if (connections.incrementAndGet() > host.config().maxLinks()) {
      connections.decrementAndGet();
      host.counters().countClosed(CloseReason.FULL);
      channel.close();
      return;
    }
    host.channels().add(channel);
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new HttpServerCodec());
    pipeline.addLast(new HttpObjectAggregator(MAX_HTTP_BODY_BYTES));
    pipeline.addLast(new PlainHttpHandler());
    pipeline.addLast(new PingHandler());
    pipeline.addLast(new Protocol(protocol));
    pipeline.addLast(new WebSocketFrameAggregator(maxFrameBytes));
    pipeline.addLast(new OpeningHandler(host, null));
  }

  /** Leaves it to the handlers of links to close a broken connection: they say why, and count. */
  private static final class Protocol extends WebSocketServerProtocolHandler {
    Protocol(WebSocketServerProtocolConfig config) {
      super(config);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
      if (cause instanceof WebSocketHandshakeException) {
        super.exceptionCaught(ctx, cause);
      } else {
        ctx.fireExceptionCaught(cause);
      }
    }
  }
}
