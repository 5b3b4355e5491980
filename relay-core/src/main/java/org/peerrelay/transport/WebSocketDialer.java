package org.peerrelay.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.overlay.DialPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dials WebSocket URLs, one address of the host after the other. Every dial ends in exactly one
 * report to the node: a link, a failure, or who answers.
 */
final class WebSocketDialer {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketDialer.class);

  private final LinkHost host;
  private final DialPolicy policy;
  private final DialTokens tokens;

  WebSocketDialer(LinkHost host, DialPolicy policy, DialTokens tokens) {
    this.host = host;
    this.policy = policy;
    this.tokens = tokens;
  }

  void dial(Dial dial) {
    URI uri = URI.create(dial.url());
    EventLoop loop = EventLoops.next();
    EventLoops.resolver(loop)
        .resolveAll(InetSocketAddress.createUnresolved(uri.getHost(), WebSocketUrl.port(uri)))
        .addListener(
            (Future<List<InetSocketAddress>> resolved) -> {
              if (resolved.isSuccess()) {
                dialAllowed(dial, uri, resolved.getNow(), loop);
              } else {
                fail(dial, ConnectFailure.DIAL_FAILED, resolved.cause());
              }
            });
  }

  private void dialAllowed(Dial dial, URI uri, List<InetSocketAddress> addresses, EventLoop loop) {
    List<InetSocketAddress> allowed =
        addresses.stream()
            .filter(address -> dial.expected() == null || mayDial(address.getAddress()))
            .toList();
    if (allowed.isEmpty()) {
      fail(dial, ConnectFailure.NOT_ALLOWED, null);
    } else {
      dialNext(dial, uri, allowed, loop);
    }
  }

  private boolean mayDial(InetAddress address) {
    return policy.allows(address) && !host.access().denies(address);
  }

  private void dialNext(Dial dial, URI uri, List<InetSocketAddress> addresses, EventLoop loop) {
    connect(dial, uri, addresses.get(0), loop)
        .addListener(
            (ChannelFuture connected) -> {
              if (connected.isSuccess()) {
                return;
              }
              if (addresses.size() > 1) {
                dialNext(dial, uri, addresses.subList(1, addresses.size()), loop);
              } else {
                fail(dial, ConnectFailure.DIAL_FAILED, connected.cause());
              }
            });
  }

  private ChannelFuture connect(Dial dial, URI uri, InetSocketAddress address, EventLoop loop) {
    return new Bootstrap()
        .group(loop)
        .channel(EventLoops.channel())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) TimeUnit.NANOSECONDS.toMillis(host.config().dialNs()))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) throws SSLException {
                host.channels().add(channel);
                fill(channel.pipeline(), dial, uri);
              }
            })
        .connect(address);
  }

  /** Makes a dialer's end of a connection to {@code uri}. */
  void fill(ChannelPipeline pipeline, Dial dial, URI uri) throws SSLException {
    if (WebSocketUrl.isSecure(uri)) {
      SslContext tls = SslContextBuilder.forClient().build();
      pipeline.addLast(
          tls.newHandler(pipeline.channel().alloc(), uri.getHost(), WebSocketUrl.port(uri)));
    }
    pipeline.addLast(new HttpClientCodec());
    pipeline.addLast(new HttpObjectAggregator(UpgradeHandler.MAX_BODY_BYTES));
    if (dial.expected() == null) {
      Newcomers.invite(pipeline.channel());
    }
    pipeline.addLast(new UpgradeDialer(uri, host.openings().address().listens(), tokens.of(uri)));
    pipeline.addLast(new OpeningHandler(host, pipeline.channel(), dial));
  }

  private void fail(Dial dial, ConnectFailure failure, @Nullable Throwable cause) {
    if (dial.isTo(host.self())) {
      host.openings().address().notFound(dial.url());
      return;
    }
    LOG.debug("{}: {}", dial.url(), failure, cause);
    host.report(dial, false, failure);
  }
}
