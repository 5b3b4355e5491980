package org.peerrelay.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The least that a relay over WebSocket can do in Java: one event loop over epoll, binary frames
 * that begin with the target's 20-byte id, a look-up in a map, and the rest of the frame passed on.
 * A client's first frame is its own id. What a real relay costs is said in multiples of this.
 */
public final class BareForwarder implements AutoCloseable {
  private static final int BACKLOG = 4_096;

  /** A receiver that has this much unread loses what more comes. */
  private static final WriteBufferWaterMark UNREAD =
      new WriteBufferWaterMark(512 * 1_024, 1_024 * 1_024);

  private final EventLoopGroup group;
  private final Channel listening;

  private BareForwarder(EventLoopGroup group, Channel listening) {
    this.group = group;
    this.listening = listening;
  }

  /**
   * Starts one on loopback.
   *
   * @param port 0 is any free one
   * @param gathers whether all frames for one receiver that came in at once, over whichever
   *     connections, share a system call; else only those of one connection do
   */
  public static BareForwarder start(int port, boolean gathers) {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    ForwardingLoop loop = new ForwardingLoop(group.next(), gathers);
    Channel listening =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new ForwardingHandler(loop));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
    return new BareForwarder(group, listening);
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /**
   * Runs one on the port of the first argument until the process is ended; a second argument makes
   * it gather.
   */
  public static void main(String[] args) {
    start(Integer.parseInt(args[0]), args.length > 1).listening.closeFuture().syncUninterruptibly();
  }
}
