package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event loops on which all nodes of this process run: epoll where the system has it, NIO
 * elsewhere. One a core, or as many as a system property says; daemon threads, made when first
 * needed and never shut down, so that a thousand peers in one process share them.
 */
final class EventLoops {
  private static final boolean EPOLL = Epoll.isAvailable();
  private static final EventLoopGroup GROUP =
      new MultiThreadIoEventLoopGroup(
          threads(), new DefaultThreadFactory("relay-loop", true), ioHandlers());

  private static final DnsAddressResolverGroup RESOLVERS =
      new DnsAddressResolverGroup(
          EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class,
          DnsServerAddressStreamProviders.platformDefault());

  private static final Map<EventLoop, LoopOutbox> OUTBOXES = new ConcurrentHashMap<>();

  private EventLoops() {}

  private static int threads() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Math.max(1, Integer.getInteger(NettyNode.THREADS_PROPERTY, cores));
  }

  private static IoHandlerFactory ioHandlers() {
    return EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  static EventLoopGroup group() {
    return GROUP;
  }

  static EventLoop next() {
    return GROUP.next();
  }

  /** Through which links on {@code loop} send; the same for all of them. */
  static LoopOutbox outbox(EventLoop loop) {
    return OUTBOXES.computeIfAbsent(loop, LoopOutbox::new);
  }

  /** How much waits to be sent over the links of all nodes of this process; roughly. Any thread. */
  static long waitingBytes() {
    return OUTBOXES.values().stream().mapToLong(LoopOutbox::waitingBytes).sum();
  }

  /** Whether the current thread is one of the loops. */
  static boolean isCurrent() {
    for (EventExecutor loop : GROUP) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  /** Asks name servers without blocking the loop, as the JDK's resolver would. */
  static AddressResolver<InetSocketAddress> resolver(EventLoop loop) {
    return RESOLVERS.getResolver(loop);
  }

  static Class<? extends ServerChannel> serverChannel() {
    return EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  static Class<? extends Channel> channel() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }
}
