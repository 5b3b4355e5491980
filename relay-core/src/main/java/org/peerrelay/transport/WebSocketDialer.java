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
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
  private final ClientTls trust;

  /** The operator's URLs at which TLS has failed, and the operator knows. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  WebSocketDialer(LinkHost host, DialPolicy policy, DialTokens tokens, ClientTls trust) {
    this.host = host;
    this.policy = policy;
    this.tokens = tokens;
    this.trust = trust;
  }

  /** What stays the same for all addresses of a host. */
  private record Attempt(Dial dial, URI uri, @Nullable SslContext tls, EventLoop loop) {}

  void dial(Dial dial) {
    URI uri = URI.create(dial.url());
    if (!WebSocketUrl.isSecure(uri)) {
      resolve(new Attempt(dial, uri, null, EventLoops.next()));
      return;
    }
    trust
        .context()
        .whenComplete(
            (tls, failure) -> {
              if (failure == null) {
                resolve(new Attempt(dial, uri, tls, EventLoops.next()));
              } else {
                fail(dial, ConnectFailure.DIAL_FAILED, failure);
              }
            });
  }

  private void resolve(Attempt attempt) {
    URI uri = attempt.uri;
    EventLoops.resolver(attempt.loop)
        .resolveAll(InetSocketAddress.createUnresolved(uri.getHost(), WebSocketUrl.port(uri)))
        .addListener(
            (Future<List<InetSocketAddress>> resolved) -> {
              if (resolved.isSuccess()) {
                dialAllowed(attempt, resolved.getNow());
              } else {
                fail(attempt.dial, ConnectFailure.DIAL_FAILED, resolved.cause());
              }
            });
  }

  private void dialAllowed(Attempt attempt, List<InetSocketAddress> addresses) {
    boolean given = attempt.dial.expected() == null;
    List<InetSocketAddress> allowed =
        addresses.stream().filter(address -> given || mayDial(address.getAddress())).toList();
    if (allowed.isEmpty()) {
      fail(attempt.dial, ConnectFailure.NOT_ALLOWED, null);
    } else {
      dialNext(attempt, allowed);
    }
  }

  private boolean mayDial(InetAddress address) {
    return policy.allows(address) && !host.access().denies(address);
  }

  private void dialNext(Attempt attempt, List<InetSocketAddress> addresses) {
    connect(attempt, addresses.get(0))
        .addListener(
            (ChannelFuture connected) -> {
              if (connected.isSuccess()) {
                return;
              }
              if (addresses.size() > 1) {
                dialNext(attempt, addresses.subList(1, addresses.size()));
              } else {
                fail(attempt.dial, ConnectFailure.DIAL_FAILED, connected.cause());
              }
            });
  }

  private ChannelFuture connect(Attempt attempt, InetSocketAddress address) {
    return new Bootstrap()
        .group(attempt.loop)
        .channel(EventLoops.channel())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) TimeUnit.NANOSECONDS.toMillis(host.config().dialNs()))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                host.channels().add(channel);
                fill(channel.pipeline(), attempt.dial, attempt.uri, attempt.tls);
              }
            })
        .connect(address);
  }

  /** Makes a dialer's end of a connection to {@code uri}. */
  void fill(ChannelPipeline pipeline, Dial dial, URI uri, @Nullable SslContext tls) {
    if (tls != null) {
      SslHandler handler = tlsHandler(pipeline.channel(), dial, uri, tls);
      pipeline.addLast(new TlsIntake(handler), handler);
    }
    pipeline.addLast(new HttpClientCodec());
    pipeline.addLast(new HttpObjectAggregator(UpgradeHandler.MAX_BODY_BYTES));
    if (dial.expected() == null) {
      Newcomers.invite(pipeline.channel());
    }
    pipeline.addLast(new UpgradeDialer(uri, host.openings().address().listens(), tokens.of(uri)));
    pipeline.addLast(new OpeningHandler(host, pipeline.channel(), dial));
  }

  private SslHandler tlsHandler(Channel channel, Dial dial, URI uri, SslContext tls) {
    SslHandler handler =
        TlsSuite.bounded(tls.newHandler(channel.alloc(), uri.getHost(), WebSocketUrl.port(uri)));
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                told.remove(dial.url());
              } else {
                tell(dial, TlsFailure.words(done.cause(), uri.getHost()));
              }
            });
    return handler;
  }

  /** The operator is told what is wrong at a URL that the operator gave, once. */
  private void tell(Dial dial, @Nullable String words) {
    if (words != null && dial.expected() == null && told.add(dial.url())) {
      LOG.warn("{}: {}", dial.url(), words);
    }
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
