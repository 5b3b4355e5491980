package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.binary.DatagramLayout;

/** A relay passes protocol 2 datagrams on as the bytes they came in, and makes no garbage. */
class ForwardingAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int DATAGRAMS = 100_000;

  /** Compilers take their time; what they have not compiled allocates more. */
  private static final int MAX_ROUNDS = 50;

  private static final double MAX_BYTES_EACH = 4;

  private final Random random = new Random(1);
  private final HandlerBench bench = new HandlerBench();
  private final EmbeddedChannel target = new EmbeddedChannel();
  private final PeerId author = PeerId.random(random);
  private final PeerId receiver = PeerId.random(random);
  private final byte[] frame = frame();
  private double bytesEach = Double.MAX_VALUE;
  private final ByteBuf buffer = Unpooled.buffer(frame.length);

  @AfterEach
  void end() {
    target.finishAndReleaseAll();
    bench.close();
    assertEquals(1, buffer.refCnt());
  }

  private byte[] frame() {
    Header header = new Header(receiver, author, 1, MessageKind.USER, List.of());
    ByteBuf datagram =
        DatagramLayout.frame(
            bench.channel.alloc(),
            header,
            0,
            DatagramLayout.MAX_HOPS,
            null,
            new Message.User(Payload.bytes(new byte[100])));
    byte[] bytes = new byte[datagram.readableBytes()];
    datagram.readBytes(bytes).release();
    return RawClient.encode(0x80 | RawClient.BINARY, bytes, true);
  }

  private void link(PeerId peer, EmbeddedChannel channel) {
    WebSocketLink link =
        new WebSocketLink(
            peer,
            null,
            LinkFormat.BINARY,
            List.of(),
            channel,
            bench.host.config(),
            bench.host.counters());
    channel.pipeline().addLast(new BinaryLinkHandler(bench.host, link));
    bench.goOn();
    channel.runPendingTasks();
  }

  private void forward() {
    buffer.setIndex(0, 0).writeBytes(frame);
    bench.channel.pipeline().fireChannelRead(buffer.retain()).fireChannelReadComplete();
    target.runPendingTasks();
    ByteBuf out = target.readOutbound();
    assertNotNull(out);
    out.release();
  }

  /** On such a thread as event loops have, where Netty reuses its own objects. */
  @Test
  void forwardingAllocatesNothing() throws InterruptedException {
    link(author, bench.channel);
    link(receiver, target);
    Thread loop = new FastThreadLocalThread(this::forwardUntilWarm);
    loop.start();
    loop.join();
    assertTrue(bytesEach <= MAX_BYTES_EACH, bytesEach + " bytes for each datagram");
  }

  private void forwardUntilWarm() {
    long thread = Thread.currentThread().getId();
    for (int round = 0; round < MAX_ROUNDS && bytesEach > MAX_BYTES_EACH; round++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < DATAGRAMS; i++) {
        forward();
      }
      bytesEach = (double) (THREADS.getThreadAllocatedBytes(thread) - before) / DATAGRAMS;
    }
  }
}
