package org.peerrelay.lab.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.ClientTls;

/** Opens connections to one URL: over epoll where the system has it, NIO elsewhere. Immutable. */
final class Dialer {
  private static final boolean EPOLL = Epoll.isAvailable();

  /** What one client may hold unsent before messages are counted as blocked. */
  private static final WriteBufferWaterMark UNSENT =
      new WriteBufferWaterMark(512 * 1_024, 1_024 * 1_024);

  private static final int CONNECT_TIMEOUT_MS = 10_000;

  private final RelayUrl url;
  private final InetSocketAddress address;
  private final @Nullable SslContext tls;

  /** To the relay at {@code url}, which has to be whom {@code trust} believes if it speaks TLS. */
  Dialer(RelayUrl url, ClientTls trust) throws LoadFailedException {
    this.url = url;
    this.address = new InetSocketAddress(url.host(), url.port());
    try {
      this.tls = url.secure() ? trust.context().join() : null;
    } catch (CompletionException e) {
      throw LoadFailedException.of(e);
    }
    if (address.isUnresolved()) {
      throw new LoadFailedException("host: '" + url.host() + "' (expected: one that resolves)");
    }
  }

  static IoHandlerFactory ioHandlers() {
    return EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  RelayUrl url() {
    return url;
  }

  ChannelFuture dial(EventLoop loop, ClientConnection connection) {
    return new Bootstrap()
        .group(loop)
        .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (tls != null) {
                  channel
                      .pipeline()
                      .addLast(
                          tls.newHandler(
                              channel.alloc(), address.getHostString(), address.getPort()));
                }
                channel.pipeline().addLast(connection);
              }
            })
        .connect(address);
  }
}
