package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;

/** What comes in on a link before, while and after the control loop decides about it. */
class LegacyLinkHandlerTest {
  private final HandlerBench bench = new HandlerBench();
  private final PeerId peer = PeerId.random(new Random(3));
  private final List<ByteBuf> made = new ArrayList<>();

  @AfterEach
  void everyBufferIsReleased() {
    bench.close();
    made.forEach(buffer -> assertEquals(0, buffer.refCnt()));
  }

  private void frame(byte[] bytes) {
    ByteBuf frame = EmbeddedFrames.buffer(bench.channel, bytes);
    made.add(frame);
    bench.channel.writeInbound(frame);
  }

  private void comes(String text) {
    frame(EmbeddedFrames.text(text, true));
  }

  private void message(int number) {
    comes(Datagrams.user(peer, bench.self, Integer.toString(number)));
  }

  @Test
  void nothingIsReadUntilTheLinkIsAccepted() {
    bench.link(peer, null);
    assertFalse(bench.channel.config().isAutoRead());
    bench.goOn();
    assertTrue(bench.channel.config().isAutoRead());
    assertEquals(List.of("up"), bench.events);
  }

  @Test
  void whatHadBeenReadBeforeIsHandledInOrderAfterwards() {
    bench.link(peer, null);
    message(1);
    message(2);
    bench.goOn();
    message(3);
    bench.goOn();
    assertEquals(List.of("up", "message 1", "message 2", "message 3"), bench.events);
  }

  @Test
  void whatHadBeenReadOfALinkThatIsRefusedIsThrownAway() {
    bench.link(bench.self, null);
    comes(Datagrams.user(bench.self, bench.self, "1"));
    bench.goOn();
    bench.goOn();
    assertEquals(List.of(), bench.events);
    assertEquals(CloseReason.SELF.code(), EmbeddedFrames.closeCode(bench.channel));
  }

  @Test
  void noMoreIsKeptThanALinkMayQueue() {
    bench.link(peer, null);
    String text = "\"" + "x".repeat(100_000) + "\"";
    for (int i = 0; i < 10; i++) {
      comes(Datagrams.user(peer, PeerId.random(new Random(4)), text));
    }
    assertEquals(4, bench.dropped(DropReason.QUEUE_FULL));
  }

  @Test
  void emptyFramesAreNotKeptWithoutEndEither() {
    bench.link(peer, null);
    for (int i = 0; i < 10_000; i++) {
      comes("");
    }
    assertTrue(bench.dropped(DropReason.QUEUE_FULL) > 3_000);
  }

  @Test
  void aLinkThatEndsBeforeItIsAcceptedComesAndGoesWithWhatItSaid() {
    bench.link(peer, null);
    message(1);
    bench.channel.close();
    bench.goOn();
    bench.goOn();
    assertEquals(List.of("up", "message 1", "down"), bench.events);
  }

  @Test
  void aLinkThatEndsLaterGoesOnce() {
    bench.link(peer, null);
    bench.goOn();
    bench.channel.close();
    bench.goOn();
    assertEquals(List.of("up", "down"), bench.events);
  }

  @Test
  void aLinkThatFailsBeforeItIsAcceptedIsNotReadAnyMore() {
    bench.link(peer, null);
    message(1);
    bench.channel.pipeline().fireExceptionCaught(new IOException("part of the test"));
    bench.goOn();
    bench.channel.close();
    bench.goOn();
    assertEquals(List.of("up", "down"), bench.events);
  }

  @Test
  void afterAViolationTheRestOfWhatWasReadIsThrownAway() {
    bench.link(peer, null);
    message(1);
    frame(EmbeddedFrames.binary("2", true));
    message(3);
    bench.goOn();
    bench.goOn();
    assertEquals(List.of("up", "message 1"), bench.events);
    assertEquals(1L, bench.host.counters().snapshot().closed().get(CloseReason.UNSUPPORTED));
  }

  @Test
  void afterWhatIsNoWebSocketNothingMoreIsRead() {
    bench.link(peer, null);
    bench.goOn();
    frame(EmbeddedFrames.text("{}", false));
    message(1);
    bench.goOn();
    assertEquals(List.of("up"), bench.events);
    assertEquals(1L, bench.host.counters().snapshot().closed().get(CloseReason.MALFORMED));
  }

  private void writable(boolean writable) {
    bench.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    bench.channel.runPendingTasks();
  }

  @Test
  void whoTakesWhatWaitedForItIsHeardThoughItSaysNothing() {
    WebSocketLink link = bench.link(peer, null);
    bench.goOn();
    long beforeNs = link.lastHeardNs();
    writable(false);
    assertEquals(beforeNs, link.lastHeardNs());
    writable(true);
    assertTrue(link.lastHeardNs() - beforeNs > 0);
  }
}
