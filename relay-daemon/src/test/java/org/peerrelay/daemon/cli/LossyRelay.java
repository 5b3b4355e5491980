package org.peerrelay.daemon.cli;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;

/** Speaks protocol 2, but loses datagrams, and delivers every seventh twice. */
final class LossyRelay implements AutoCloseable {
  private static final int MAX_HTTP_BYTES = 8_192;
  private static final int LOSES_EVERY = 10;
  private static final int LOSES_NONE = Integer.MAX_VALUE;
  private static final int DOUBLES_EVERY = 7;

  private final SecureRandom random = new SecureRandom();
  private final Identity identity = Identity.generate(random);
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<PeerId, Channel> clients = new HashMap<>();
  private final Channel listening;
  private final Predicate<Transit> loses;
  private final int losesEvery;
  private int datagrams;

  /** Loses every tenth datagram. */
  LossyRelay() {
    this(datagram -> false, LOSES_EVERY);
  }

  /** Loses those, and no others. */
  LossyRelay(Predicate<Transit> loses) {
    this(loses, LOSES_NONE);
  }

  private LossyRelay(Predicate<Transit> loses, int losesEvery) {
    this.loses = loses;
    this.losesEvery = losesEvery;
    this.listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MAX_HTTP_BYTES),
                            new WebSocketServerProtocolHandler("/", "peer-relay.2"),
                            new Link());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  String url() {
    return "ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private LinkHandshake handshake() {
    byte[] fresh = new byte[Bytes32.LENGTH];
    random.nextBytes(fresh);
    Bytes32 key = Bytes32.of(identity.publicKey());
    Hello hello = new Hello(2, 2, true, key, Bytes32.of(fresh), null, null, 65_536, null, false);
    String authority = url().substring("ws://".length());
    return new LinkHandshake(Side.ACCEPTOR, identity, hello, Set.of(authority));
  }

  /** All run on one event loop. */
  private final class Link extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
    private final LinkHandshake handshake = handshake();
    private final Transit header = new Transit();

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof HandshakeComplete) {
        write(ctx, handshake.begin());
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, BinaryWebSocketFrame frame)
        throws Exception {
      if (handshake.isDone()) {
        DatagramLayout.read(frame.content(), header);
        relay(frame);
        return;
      }
      write(ctx, handshake.onFrame(ByteBufUtil.getBytes(frame.content())));
      if (handshake.isDone()) {
        clients.put(handshake.theirId(), ctx.channel());
      }
    }

    private void relay(BinaryWebSocketFrame frame) {
      datagrams++;
      Channel target = clients.get(header.to.toPeerId());
      // What is for this relay itself, such as pointers, is of no interest.
      if (target == null || datagrams % losesEvery == 0 || loses.test(header)) {
        return;
      }
      target.writeAndFlush(frame.retainedDuplicate());
      if (datagrams % DOUBLES_EVERY == 0) {
        target.writeAndFlush(frame.retainedDuplicate());
      }
    }

    /** A client that is closed with something unread resets its connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    private static void write(ChannelHandlerContext ctx, List<byte[]> frames) {
      frames.forEach(
          bytes -> ctx.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes))));
    }
  }
}
