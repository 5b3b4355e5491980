package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.transport.OutboundQueue.Lane;

/** Flushes are gathered, on a loop that turns by itself. */
class LoopOutboxTest {
  private static final long DEADLINE_S = 20;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final AtomicInteger flushes = new AtomicInteger();
  private Channel channel;
  private WebSocketLink link;

  /** Drains the link when there is room again, as its handler would. */
  private final class FlushCounter extends ChannelDuplexHandler {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      link.drain();
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
      flushes.incrementAndGet();
      ctx.flush();
    }
  }

  private final class Receiver extends ByteToMessageDecoder {
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      int length = in.readableBytes() < 2 ? 0 : in.getByte(in.readerIndex() + 1);
      if (in.readableBytes() >= 2 + length && length > 0) {
        received.add(in.skipBytes(2).readCharSequence(length, StandardCharsets.UTF_8).toString());
      }
    }
  }

  @BeforeEach
  void open() throws InterruptedException {
    LocalAddress address = new LocalAddress(LoopOutboxTest.class);
    new ServerBootstrap()
        .group(group)
        .channel(LocalServerChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel accepted) {
                accepted.pipeline().addLast(new Receiver());
              }
            })
        .bind(address)
        .sync();
    channel =
        new Bootstrap()
            .group(group)
            .channel(LocalChannel.class)
            .handler(new FlushCounter())
            .connect(address)
            .sync()
            .channel();
    link =
        new WebSocketLink(
            PeerId.random(new Random(1)),
            null,
            LinkFormat.LEGACY,
            List.of(),
            channel,
            TransportConfig.DEFAULT,
            new Counters());
    channel.eventLoop().submit(link::open).sync();
    flushes.set(0);
  }

  @AfterEach
  void close() {
    group.shutdownGracefully(0, DEADLINE_S, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void send(String text) {
    link.send(ByteBufUtil.writeUtf8(channel.alloc(), text), Lane.DATAGRAM);
  }

  private void assertReceived(String... texts) throws InterruptedException {
    for (String text : texts) {
      assertEquals(text, received.poll(DEADLINE_S, TimeUnit.SECONDS));
    }
  }

  @Test
  void whatIsSentInOneTurnSharesAFlush() throws InterruptedException {
    channel.eventLoop().execute(() -> List.of("a", "b", "c").forEach(this::send));
    assertReceived("a", "b", "c");
    assertEquals(1, flushes.get());
    channel.eventLoop().execute(() -> send("d"));
    assertReceived("d");
    assertEquals(2, flushes.get());
  }

  @Test
  void whatOtherThreadsSendComesInOrderAndSharesAFlushToo() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    channel.eventLoop().execute(() -> await(sent));
    List.of("a", "b", "c").forEach(this::send);
    sent.countDown();
    assertReceived("a", "b", "c");
    assertEquals(1, flushes.get());
  }

  @Test
  void moreThanIsTakenOverAtOnceComesInOrderToo() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    channel.eventLoop().execute(() -> await(sent));
    for (int i = 0; i < 10_000; i++) {
      send(Integer.toString(i));
    }
    sent.countDown();
    for (int i = 0; i < 10_000; i++) {
      assertReceived(Integer.toString(i));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(DEADLINE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
