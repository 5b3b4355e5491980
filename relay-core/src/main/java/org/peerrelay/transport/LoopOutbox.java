package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.peerrelay.transport.OutboundQueue.Lane;

/**
 * What the links of one event loop share: the list of those that have something to flush, how much
 * waits on all of them, and the frames that other loops hand over. Each is looked through once in a
 * turn of the loop, after all sockets that had something have been read. So all frames for one link
 * share a system call, and all frames from other threads a wake-up.
 */
final class LoopOutbox {
  /** How many frames are taken over in a row, lest the sockets of this loop wait for too long. */
  private static final int MAX_HANDOVERS = 4_096;

  private record Handover(WebSocketLink link, ByteBuf frame, Lane lane) {}

  private final EventLoop loop;
  private final Queue<Handover> handedOver = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean takingOver = new AtomicBoolean();
  private final ArrayDeque<WebSocketLink> unflushed = new ArrayDeque<>();

  /** Written by the loop alone, so that this costs no more than adding. */
  private final AtomicLong waitingBytes = new AtomicLong();

  private final Runnable takeOver = this::takeOver;
  private final Runnable flush = this::flush;

  LoopOutbox(EventLoop loop) {
    this.loop = loop;
  }

  /** Has {@code link} drained at the end of the turn; once for each turn. Event loop only. */
  void flushLater(WebSocketLink link) {
    if (unflushed.isEmpty()) {
      loop.execute(flush);
    }
    unflushed.add(link);
  }

  /** Has {@code frame} sent over {@code link}, a link of this loop. Any thread. */
  void handOver(WebSocketLink link, ByteBuf frame, Lane lane) {
    handedOver.add(new Handover(link, frame, lane));
    wake();
  }

  /** So much more waits on a link of this loop than did, or less. Event loop only. */
  void countWaiting(int moreBytes) {
    waitingBytes.setOpaque(waitingBytes.getPlain() + moreBytes);
  }

  /** How much waits on the links of this loop. Any thread. */
  long waitingBytes() {
    return waitingBytes.getOpaque();
  }

  private void wake() {
    if (takingOver.compareAndSet(false, true)) {
      loop.execute(takeOver);
    }
  }

  private void takeOver() {
    takingOver.set(false);
    for (int i = 0; i < MAX_HANDOVERS; i++) {
      Handover next = handedOver.poll();
      if (next == null) {
        return;
      }
      next.link.onHandedOver(next.frame, next.lane);
    }
    wake();
  }

  private void flush() {
    try {
      for (WebSocketLink link = unflushed.poll(); link != null; link = unflushed.poll()) {
        link.drain();
      }
    } finally {
      if (!unflushed.isEmpty()) {
        loop.execute(flush);
      }
    }
  }
}
