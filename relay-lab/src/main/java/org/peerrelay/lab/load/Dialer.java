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
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.WebSocketUrl;

/** Opens connections to one URL: over epoll where the system has it, NIO elsewhere. Immutable. */
final class Dialer {
  private static final boolean EPOLL = Epoll.isAvailable();
  private static final int WS_PORT = 80;
  private static final int WSS_PORT = 443;

  /** What one client may hold unsent before messages are counted as blocked. */
  private static final WriteBufferWaterMark UNSENT =
      new WriteBufferWaterMark(512 * 1_024, 1_024 * 1_024);

  private final String authority;
  private final InetSocketAddress address;
  private final @Nullable SslContext tls;

  Dialer(String url) throws LoadFailedException {
    URI uri = URI.create(WebSocketUrl.check(url));
    boolean secure = "wss".equals(uri.getScheme());
    int implied = secure ? WSS_PORT : WS_PORT;
    this.authority = uri.getRawAuthority();
    this.address =
        new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? implied : uri.getPort());
    try {
      this.tls = secure ? SslContextBuilder.forClient().build() : null;
    } catch (SSLException e) {
      throw LoadFailedException.of(e);
    }
    if (address.isUnresolved()) {
      throw new LoadFailedException("host: '" + uri.getHost() + "' (expected: one that resolves)");
    }
  }

  static IoHandlerFactory ioHandlers() {
    return EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** Host and port as in the URL. */
  String authority() {
    return authority;
  }

  ChannelFuture dial(EventLoop loop, ClientConnection connection) {
    return new Bootstrap()
        .group(loop)
        .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
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
