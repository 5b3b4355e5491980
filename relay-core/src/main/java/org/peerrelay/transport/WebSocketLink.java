package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;

/**
 * A link over one WebSocket connection. Any thread may send, ping and close; the queue and the
 * writing belong to the channel's event loop.
 */
final class WebSocketLink extends Link {
  private final Channel channel;
  private final TransportConfig config;
  private final Counters counters;
  private final OutboundQueue queue;
  private List<byte[]> lastWords;
  private final AtomicInteger handoverBytes = new AtomicInteger();
  private volatile long lastHeardNs;
  private boolean open;
  private boolean drainScheduled;
  private @Nullable CloseReason closing;
  private boolean closeSent;
  private boolean inactive;

  WebSocketLink(
      PeerId peer,
      @Nullable String dialedUrl,
      LinkFormat format,
      List<byte[]> lastWords,
      Channel channel,
      TransportConfig config,
      Counters counters) {
    super(peer, dialedUrl, format);
    this.lastWords = lastWords;
    this.channel = channel;
    this.config = config;
    this.counters = counters;
    this.queue =
        new OutboundQueue(
            config.maxQueueBytes(), () -> counters.countDropped(DropReason.QUEUE_FULL));
    if (lastWords.isEmpty()) {
      introduced();
    }
    this.lastHeardNs = System.nanoTime();
  }

  @Override
  public long lastHeardNs() {
    return lastHeardNs;
  }

  void heard(long nowNs) {
    lastHeardNs = nowNs;
  }

  /** A link of this transport, as which the control plane and the router know no other. */
  static WebSocketLink of(Link link) {
    return (WebSocketLink) link;
  }

  /** Hands a frame to one link or two of the same format, and its buffer with it. */
  static void sendTo(Verdict.Forward to, ByteBuf frame, Lane lane) {
    Link second = to.second();
    if (second != null) {
      of(second).send(frame.retainedDuplicate(), lane);
    }
    of(to.first()).send(frame, lane);
  }

  /** Queues a frame of the link's format and takes over its buffer. */
  void send(ByteBuf frame, Lane lane) {
    if (channel.eventLoop().inEventLoop()) {
      enqueue(frame, lane);
      return;
    }
    int size = frame.readableBytes();
    if (handoverBytes.addAndGet(size) > config.maxQueueBytes()) {
      handoverBytes.addAndGet(-size);
      frame.release();
      counters.countDropped(DropReason.QUEUE_FULL);
      return;
    }
    channel
        .eventLoop()
        .execute(
            () -> {
              handoverBytes.addAndGet(-size);
              enqueue(frame, lane);
            });
  }

  private void enqueue(ByteBuf frame, Lane lane) {
    if (closing != null || !channel.isActive()) {
      frame.release();
      counters.countDropped(DropReason.CLOSED);
      return;
    }
    queue.add(frame, lane);
    if (!drainScheduled) {
      // Runs after the frames that have been read in one go, so that they share one flush.
      drainScheduled = true;
      channel.eventLoop().execute(this::drain);
    }
  }

  /** Says what is left of the opening, and then all else. Event loop only. */
  void open() {
    for (byte[] word : lastWords) {
      channel.write(webSocketFrame(Unpooled.wrappedBuffer(word)), channel.voidPromise());
    }
    lastWords = List.of();
    introduced();
    open = true;
    channel.flush();
    drain();
  }

  /** Writes as much as the socket takes. Event loop only. */
  void drain() {
    drainScheduled = false;
    boolean written = false;
    while (open && channel.isWritable()) {
      ByteBuf frame = queue.poll();
      if (frame == null) {
        break;
      }
      channel.write(webSocketFrame(frame), channel.voidPromise());
      counters.countForwarded();
      written = true;
    }
    if (written) {
      channel.flush();
    }
    if (closing != null && !closeSent && queue.isEmpty()) {
      sendClose(closing.code(), closing);
    }
  }

  private WebSocketFrame webSocketFrame(ByteBuf frame) {
    return format() == LinkFormat.BINARY
        ? new BinaryWebSocketFrame(frame)
        : new TextWebSocketFrame(frame);
  }

  void ping() {
    channel.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), channel.voidPromise());
  }

  /**
   * Sends what is queued, then the reason, and waits for the other end to hang up; closes at once
   * if all that takes too long.
   */
  void close(CloseReason reason) {
    channel.eventLoop().execute(() -> beginClose(reason));
  }

  /** As {@link #close}. Event loop only. */
  void beginClose(CloseReason reason) {
    if (!begins(reason)) {
      return;
    }
    if (reason == CloseReason.SILENT) {
      // Nobody is there to read the queue, and another link may be waiting for the id.
      sendClose(reason.code(), reason);
      channel.close();
    } else {
      drain();
    }
  }

  /** Closes because of an exception in the pipeline, whatever is queued. Event loop only. */
  void fail(Throwable cause) {
    CloseReason reason = Failures.closeReason(cause);
    if (begins(reason)) {
      Farewell.ignoreInput(channel, cause);
      sendClose(Failures.closeCode(cause), reason);
    }
  }

  private boolean begins(CloseReason reason) {
    if (closing != null || inactive) {
      return false;
    }
    closing = reason;
    counters.countClosed(reason);
    Farewell.endsWithin(channel, config.closeNs());
    return true;
  }

  private void sendClose(int code, CloseReason reason) {
    closeSent = true;
    Farewell.send(channel, code, reason.text());
  }

  /** The connection is gone: so is what was queued. Event loop only. */
  void onInactive() {
    inactive = true;
    for (int lost = queue.clear(); lost > 0; lost--) {
      counters.countDropped(DropReason.CLOSED);
    }
  }
}
