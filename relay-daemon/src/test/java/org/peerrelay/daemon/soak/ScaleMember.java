package org.peerrelay.daemon.soak;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Recorder;

/**
 * A member of a channel who checks that broadcasts come in their order, and notes how long each has
 * been on its way; or one who reads nothing after the first event.
 */
final class ScaleMember extends SimpleChannelInboundHandler<String> {
  private static final int MAX_LINE_BYTES = 65_536;
  private static final int SMALL_BUFFER_BYTES = 4_096;
  private static final Pattern CONNECT =
      Pattern.compile("data: \\{\"id\":\"(\\w+)\",\"cid\":\"(\\w+)\",\"token\":\"(\\w+)\"}");
  private static final Pattern BROADCAST =
      Pattern.compile("data: \\{\"n\":(\\d+),\"sentNs\":(\\d+),.*");

  /** Who a member is. */
  record Self(String id, String cid, String token) {}

  private final boolean reads;
  private final Recorder latenciesNs;
  private final CompletableFuture<Self> connected = new CompletableFuture<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private volatile boolean inOrder = true;
  private volatile boolean gone;

  private ScaleMember(boolean reads, Recorder latenciesNs) {
    this.reads = reads;
    this.latenciesNs = latenciesNs;
  }

  /**
   * Opens a stream.
   *
   * @param path of the channels, or of one channel
   * @param reads whether it goes on reading
   */
  static ScaleMember open(
      EventLoopGroup loops,
      InetSocketAddress address,
      String path,
      boolean reads,
      Recorder latenciesNs) {
    ScaleMember member = new ScaleMember(reads, latenciesNs);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new LineBasedFrameDecoder(MAX_LINE_BYTES),
                            new StringDecoder(StandardCharsets.US_ASCII),
                            member);
                  }
                });
    if (!reads) {
      bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_BUFFER_BYTES);
    }
    Channel channel = bootstrap.connect(address).syncUninterruptibly().channel();
    channel.writeAndFlush(
        channel
            .alloc()
            .buffer()
            .writeBytes(
                ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
    return member;
  }

  /** Waits for the first event. */
  Self self() {
    return connected.orTimeout(30, TimeUnit.SECONDS).join();
  }

  long received() {
    return received.get();
  }

  /** How many others have left, as an owner is told. */
  long left() {
    return left.get();
  }

  boolean inOrder() {
    return inOrder;
  }

  boolean gone() {
    return gone;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, String line) {
    if (line.startsWith("event: leave")) {
      left.incrementAndGet();
    }
    Matcher broadcast = BROADCAST.matcher(line);
    if (broadcast.matches()) {
      latenciesNs.recordValue(Math.max(System.nanoTime() - Long.parseLong(broadcast.group(2)), 0));
      if (Long.parseLong(broadcast.group(1)) != received.getAndIncrement()) {
        inOrder = false;
      }
      return;
    }
    Matcher connect = CONNECT.matcher(line);
    if (connect.matches()) {
      connected.complete(new Self(connect.group(1), connect.group(2), connect.group(3)));
      ctx.channel().config().setAutoRead(reads);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone = true;
    connected.completeExceptionally(new IllegalStateException("closed"));
  }
}
