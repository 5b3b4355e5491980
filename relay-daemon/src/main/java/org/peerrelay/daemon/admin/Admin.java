package org.peerrelay.daemon.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerrelay.Peer;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpFront;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.Router;
import org.peerrelay.transport.NettyNode;

/**
 * The listener for the person who runs a relay. It has a port and a thread of its own: what is told
 * here is not for everybody, and to tell it must hold up nobody.
 */
public final class Admin implements AutoCloseable {
  /** Who asks are few; more connections are closed as they come, and counted. */
  private static final int MAX_CONNECTIONS = 64;

  private static final long CLOSE_MS = 500;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("relay-admin", true), NioIoHandler.newFactory());

  private final AtomicInteger connections = new AtomicInteger();
  private final HttpCounters counters = new HttpCounters();
  private final Metrics metrics;
  private final LoopLag lag;
  private final Health health;
  private final AdminRoutes routes;
  private final Channel listening;

  private Admin(InetSocketAddress address, HttpSide http, String version) throws IOException {
    metrics = new Metrics(NettyNode.eventLoops(), http, counters);
    lag = new LoopLag(NettyNode.eventLoops(), metrics::lag);
    health = new Health(lag);
    routes = new AdminRoutes(metrics, http, health, lag, version, isLoopback(address));
    Router router = new Router(routes.routes());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    begin(channel, router);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    listening = bound.channel();
    if (bound.cause() != null) {
      close();
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    group.next().scheduleAtFixedRate(lag::ask, 0, LoopLag.PERIOD_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Begins to listen. Until a relay is {@link #attach attached} it tells that it is not ready.
   *
   * @param http what the relay serves over HTTP
   * @param version the program's
   * @throws IOException if the address cannot be bound
   */
  public static Admin listen(InetSocketAddress address, HttpSide http, String version)
      throws IOException {
    return new Admin(address, http, version);
  }

  /** From now on it tells of {@code relay}, which listens. */
  public void attach(Peer relay) {
    routes.attach(relay);
    health.listening();
  }

  /** What it says of the relay's health, with the switch that makes the relay not ready. */
  public Health health() {
    return health;
  }

  /** Where it is. */
  public String url() {
    InetSocketAddress bound = (InetSocketAddress) listening.localAddress();
    return "http://" + NetUtil.toSocketAddressString(bound);
  }

  private static boolean isLoopback(InetSocketAddress address) {
    return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
  }

  private void begin(Channel channel, Router router) {
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      connections.decrementAndGet();
      counters.countRefused("too-many-connections");
      channel.close();
      return;
    }
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    // As strict as on the public port: what two readers could understand differently is refused.
    HttpDecoderConfig strict =
        new HttpDecoderConfig().setStrictLineParsing(true).setUseRfc9112TransferEncoding(true);
    channel
        .pipeline()
        .addLast(new HttpServerCodec(strict))
        .addLast(new OwnSiteOnly())
        .addLast(new HttpFront(router, HttpLimits.DEFAULT, counters));
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, CLOSE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MS);
    metrics.close();
  }

  /** Scripts of other sites may read the public port, but nothing here. */
  private static final class OwnSiteOnly extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof HttpResponse response) {
        response.headers().remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN);
      }
      ctx.write(message, promise);
    }
  }
}
