package org.peerrelay.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.peerrelay.message.CloseReason;

/** Accepts WebSocket connections, and leaves other requests to an HTTP front if there is one. */
final class WebSocketListener {
  private static final int BACKLOG = 4_096;

  private final LinkHost host;
  private final NodeSettings settings;
  private final AtomicInteger connections = new AtomicInteger();

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
   * if there are too many.
   */
  void onConnection(Channel channel) {
    if (host.access().denies(Newcomers.address(channel))) {
      host.counters().countClosed(CloseReason.NOT_ALLOWED);
      channel.close();
      return;
    }
    boolean proxied = ClientAddress.trust(channel, settings.trustedProxies());
    if (connections.incrementAndGet() > host.config().maxLinks()) {
      connections.decrementAndGet();
      host.counters().countClosed(CloseReason.FULL);
      channel.close();
      return;
    }
    host.channels().add(channel);
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    ChannelPipeline pipeline = channel.pipeline();
    if (proxied) {
      pipeline.addLast(new ProxyHeader());
    }
    ServerTls tls = settings.tls();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    Supplier<? extends ChannelHandler> front = settings.http();
    if (front == null) {
      pipeline.addLast(new HttpServerCodec());
    } else {
      pipeline.addLast(new HttpServerCodec(PlainHttpGate.strict()));
      pipeline.addLast(new PlainHttpGate(front, this::addLink));
    }
    addLink(pipeline);
  }

  private void addLink(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpObjectAggregator(UpgradeHandler.MAX_BODY_BYTES));
    pipeline.addLast(new UpgradeAcceptor(host, settings.origins()));
    pipeline.addLast(new OpeningHandler(host, pipeline.channel(), null));
  }
}
