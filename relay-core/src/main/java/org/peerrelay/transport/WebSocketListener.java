package org.peerrelay.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Accepts WebSocket connections, and leaves other requests to an HTTP front if there is one. */
final class WebSocketListener {
  private static final int BACKLOG = 4_096;

  /**
   * As much is read at once from a socket, a quarter of what Netty would: some hundred frames. Then
   * it is seen whether they were too many, and others have waited for them a tenth of a
   * millisecond.
   */
  private static final int MAX_READ_BYTES = 16_384;

  private final LinkHost host;
  private final NodeSettings settings;

  /** For the node of these settings. */
  WebSocketListener(LinkHost host, NodeSettings settings) {
    this.host = host;
    this.settings = settings;
  }

  /**
   * Begins to listen; the future fails if the address is taken or not this machine's. Connections
   * are accepted when the channel is told to read: the node has to know its address by then.
   */
  ChannelFuture listen(InetSocketAddress address) {
    return new ServerBootstrap()
        .group(EventLoops.group())
        .channel(EventLoops.serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(
                AdaptiveRecvByteBufAllocator.DEFAULT_MINIMUM,
                AdaptiveRecvByteBufAllocator.DEFAULT_INITIAL,
                MAX_READ_BYTES))
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                onConnection(channel);
              }
            })
        .bind(address);
  }

  /**
   * Makes a relay's end of a connection that has come in, or closes it if its address is denied, or
   * if it may not stay.
   */
  void onConnection(Channel channel) {
    if (host.denies(channel)) {
      channel.close();
      return;
    }
    boolean proxied = ClientAddress.trust(channel, settings.trustedProxies());
    if (host.admission().admit(channel, System.nanoTime()) != null) {
      channel.close();
      return;
    }
    host.channels().add(channel);
    ChannelPipeline pipeline = channel.pipeline();
    if (proxied) {
      pipeline.addLast(new ProxyHeader(host));
    }
    ServerTls tls = settings.tls();
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      pipeline.addLast(new TlsIntake(handler), handler);
    }
    Supplier<? extends ChannelHandler> front = settings.http();
    if (front == null) {
      pipeline.addLast(new HttpServerCodec());
    } else {
      pipeline.addLast(new HttpServerCodec(PlainHttpGate.strict()));
      pipeline.addLast(new PlainHttpGate(host, front, this::addLink));
    }
    addLink(pipeline);
  }

  private void addLink(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpObjectAggregator(UpgradeHandler.MAX_BODY_BYTES));
    pipeline.addLast(new UpgradeAcceptor(host, settings.origins()));
    pipeline.addLast(new OpeningHandler(host, pipeline.channel(), null));
  }
}
