package org.peerrelay.transport;

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
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;

/** Proves its id, answers WebSocket pings, and loses every datagram. */
public final class SwallowingRelay implements AutoCloseable {
  private static final int MAX_HTTP_BYTES = 8_192;

  private final SecureRandom random = new SecureRandom();
  private final Identity identity = Identity.generate(random);
  private final LinkedBlockingQueue<Integer> closeCodes = new LinkedBlockingQueue<>();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;

  /** One on a free port, which says that others can dial it there. */
  public SwallowingRelay() {
    WebSocketServerProtocolConfig config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .subprotocols("peer-relay.2")
            .handleCloseFrames(false)
            .build();
    listening =
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
                            new WebSocketServerProtocolHandler(config),
                            new Link());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  public PeerId id() {
    return identity.id();
  }

  public String url() {
    return "ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Waits until a link is closed by its other end; the code. */
  public int closeCode() throws InterruptedException {
    Integer code = closeCodes.poll(20, TimeUnit.SECONDS);
    if (code == null) {
      throw new AssertionError("no link has been closed");
    }
    return code;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private LinkHandshake handshake() {
    byte[] fresh = new byte[Bytes32.LENGTH];
    random.nextBytes(fresh);
    Bytes32 key = Bytes32.of(identity.publicKey());
    Hello hello = new Hello(2, 2, true, key, Bytes32.of(fresh), url(), null, 65_536, null, false);
    return new LinkHandshake(Side.ACCEPTOR, identity, hello, Set.of());
  }

  private final class Link extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final LinkHandshake handshake = handshake();

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof HandshakeComplete) {
        write(ctx, handshake.begin());
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) throws Exception {
      if (frame instanceof CloseWebSocketFrame close) {
        closeCodes.add(close.statusCode());
        ctx.close();
      } else if (!handshake.isDone()) {
        write(ctx, handshake.onFrame(ByteBufUtil.getBytes(frame.content())));
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
