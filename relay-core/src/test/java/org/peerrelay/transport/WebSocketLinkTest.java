package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.legacy.LegacyWriter;

/** A link's queue and its end, on a channel without socket and in a time of its own. */
class WebSocketLinkTest {
  private static final TransportConfig CONFIG = TransportConfig.DEFAULT;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Counters counters = new Counters();
  private final PeerId self = PeerId.random(new Random(1));
  private final WebSocketLink link = link(List.of());

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
    link.onInactive();
  }

  private void open() {
    link.open();
  }

  private WebSocketLink link(List<byte[]> lastWords) {
    PeerId peer = PeerId.random(new Random(2));
    return new WebSocketLink(peer, null, LinkFormat.LEGACY, lastWords, channel, CONFIG, counters);
  }

  private void send(String text, Lane lane) {
    link.send(ByteBufUtil.writeUtf8(channel.alloc(), text), lane);
  }

  private void writable(boolean writable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    if (writable) {
      link.drain();
    }
    channel.runPendingTasks();
  }

  private void assertWritten(String... texts) {
    channel.runPendingTasks();
    for (String text : texts) {
      assertEquals(text, EmbeddedFrames.written(channel).text());
    }
    assertNull(channel.readOutbound());
  }

  private void assertClosesWith(int code) {
    channel.runPendingTasks();
    assertEquals(code, EmbeddedFrames.closeCode(channel));
    assertNull(channel.readOutbound());
  }

  private long dropped(DropReason reason) {
    return counters.snapshot().dropped().getOrDefault(reason, 0L);
  }

  private long closed(CloseReason reason) {
    return counters.snapshot().closed().getOrDefault(reason, 0L);
  }

  @Test
  void framesAreWrittenOnceTheLinkIsOpen() {
    send("a", Lane.DATAGRAM);
    assertWritten();
    open();
    assertWritten("a");
    send("b", Lane.DATAGRAM);
    assertWritten("b");
    assertEquals(2, link.counts().traffic().sent());
  }

  @Test
  void theIdIsTheFirstThatANeighbourIsToldWhoDoesNotKnowIt() {
    WebSocketLink stranger = link(List.of(LegacyWriter.hello(self)));
    stranger.send(ByteBufUtil.writeUtf8(channel.alloc(), "a"), Lane.CONTROL);
    assertFalse(stranger.knowsUs());
    stranger.open();
    assertTrue(stranger.knowsUs());
    String hello = EmbeddedFrames.written(channel).text();
    assertTrue(hello.startsWith("{\"type\":\"Buffer\""), hello);
    assertWritten("a");
  }

  @Test
  void framesWaitWhileTheSocketIsFullAndControlComesFirst() {
    open();
    writable(false);
    send("a", Lane.DATAGRAM);
    send("b", Lane.DATAGRAM);
    send("c", Lane.CONTROL);
    assertWritten();
    writable(true);
    assertWritten("c", "a", "b");
  }

  @Test
  void beyondTheBoundTheOldestAreDroppedAndCounted() {
    open();
    writable(false);
    String quarter = "x".repeat(CONFIG.maxQueueBytes() / 4);
    for (int i = 0; i < 4; i++) {
      send(i + quarter.substring(1), Lane.DATAGRAM);
    }
    assertEquals(0, dropped(DropReason.QUEUE_FULL));
    send("4" + quarter.substring(1), Lane.DATAGRAM);
    assertEquals(1, dropped(DropReason.QUEUE_FULL));
    writable(true);
    for (int i = 1; i <= 4; i++) {
      assertTrue(EmbeddedFrames.written(channel).text().startsWith(Integer.toString(i)));
      link.drain();
    }
  }

  @Test
  void whatWaitsIsCountedForAllLinksOfTheLoop() {
    open();
    LoopOutbox outbox = EventLoops.outbox(channel.eventLoop());
    assertEquals(0, outbox.waitingBytes());
    writable(false);
    send("abc", Lane.DATAGRAM);
    channel.runPendingTasks();
    int kept = channel.config().getWriteBufferHighWaterMark();
    assertEquals(kept + 3, outbox.waitingBytes());
    writable(true);
    assertEquals(0, outbox.waitingBytes());
    writable(false);
    send("abc", Lane.DATAGRAM);
    link.onInactive();
    assertEquals(0, outbox.waitingBytes());
    // A turn of the loop that failed is made up for later than its end.
    link.drain();
    assertEquals(0, outbox.waitingBytes());
    channel.releaseOutbound();
  }

  @Test
  void closingSendsWhatIsQueuedThenTheReasonAndWaitsForTheOtherEnd() {
    open();
    writable(false);
    send("a", Lane.DATAGRAM);
    link.close(CloseReason.GOING_AWAY);
    assertWritten();
    writable(true);
    assertEquals("a", EmbeddedFrames.written(channel).text());
    assertClosesWith(1001);
    assertTrue(channel.isOpen());
    assertEquals(1, closed(CloseReason.GOING_AWAY));
  }

  @Test
  void theReasonIsSentOnceHoweverOftenTheLinkIsClosedAndDrained() {
    open();
    link.close(CloseReason.GOING_AWAY);
    link.close(CloseReason.SILENT);
    assertClosesWith(1001);
    writable(false);
    writable(true);
    link.drain();
    assertWritten();
    assertEquals(0, closed(CloseReason.SILENT));
  }

  @Test
  void aLinkWhoseOtherEndDoesNotHangUpIsClosedInTime() {
    open();
    channel.freezeTime();
    link.close(CloseReason.GOING_AWAY);
    assertClosesWith(1001);
    channel.advanceTimeBy(CONFIG.closeNs() - 1, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
    assertTrue(channel.isOpen());
    channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
    assertFalse(channel.isOpen());
  }

  @Test
  void aLinkThatIsClosedLeavesNoTimerBehind() {
    open();
    link.close(CloseReason.GOING_AWAY);
    assertClosesWith(1001);
    channel.close();
    channel.runPendingTasks();
    assertEquals(-1, channel.runScheduledPendingTasks());
  }

  @Test
  void aSilentLinkIsClosedAtOnceWhateverIsQueued() {
    open();
    writable(false);
    send("a", Lane.DATAGRAM);
    link.close(CloseReason.SILENT);
    channel.runPendingTasks();
    assertFalse(channel.isOpen());
    link.onInactive();
    assertEquals(1, dropped(DropReason.CLOSED));
  }

  @Test
  void afterItHasBegunToCloseNothingMoreIsQueued() {
    open();
    link.close(CloseReason.DISCONNECTED);
    assertClosesWith(1000);
    ByteBuf late = ByteBufUtil.writeUtf8(channel.alloc(), "late");
    link.send(late, Lane.DATAGRAM);
    assertWritten();
    assertEquals(0, late.refCnt());
    assertEquals(1, dropped(DropReason.CLOSED));
  }

  @Test
  void whatIsQueuedWhenTheConnectionEndsCountsAsClosedAndNotAsFull() {
    open();
    writable(false);
    send("a", Lane.DATAGRAM);
    send("b", Lane.CONTROL);
    channel.close();
    link.onInactive();
    assertEquals(2, dropped(DropReason.CLOSED));
    assertEquals(0, dropped(DropReason.QUEUE_FULL));
  }

  @Test
  void aLinkThatHasEndedCannotBeClosedAndIsNotCounted() {
    open();
    channel.close();
    link.onInactive();
    link.close(CloseReason.SILENT);
    channel.runPendingTasks();
    assertEquals(0, closed(CloseReason.SILENT));
  }

  @Test
  void aViolationIsAnsweredWithItsOwnCode() {
    open();
    link.fail(
        new CorruptedWebSocketFrameException(
            WebSocketCloseStatus.PROTOCOL_ERROR, "part of the test", null));
    assertClosesWith(1002);
    assertEquals(1, closed(CloseReason.MALFORMED));
  }

  /** With TLS each flush of nothing would stay in Netty's buffer until the other end reads. */
  @Test
  void whereNothingWasWrittenNothingIsFlushed() {
    open();
    AtomicInteger flushes = new AtomicInteger();
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext ctx) {
                flushes.incrementAndGet();
                ctx.flush();
              }
            });
    writable(false);
    for (int i = 0; i < 100; i++) {
      send(Integer.toString(i), Lane.DATAGRAM);
      channel.runPendingTasks();
    }
    assertEquals(0, flushes.get());
    writable(true);
    assertEquals(1, flushes.get());
    channel.releaseOutbound();
  }

  @Test
  void aPingGoesOutAtOnce() {
    open();
    link.ping();
    channel.runPendingTasks();
    assertEquals(RawClient.PING, EmbeddedFrames.written(channel).opcode());
  }

  @Test
  void nothingFollowsTheCloseFrame() {
    open();
    link.close(CloseReason.GOING_AWAY);
    assertClosesWith(1001);
    link.ping();
    assertWritten();
  }

  @Test
  void theLinkIsHeardFromTheBeginning() {
    long nowNs = System.nanoTime();
    assertTrue(nowNs - link.lastHeardNs() < TimeUnit.MINUTES.toNanos(1));
    link.heard(nowNs + 5);
    assertEquals(nowNs + 5, link.lastHeardNs());
  }
}
