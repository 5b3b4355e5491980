package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.routing.AddressGroup;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.FrameBuffers;

/**
 * A link over one WebSocket connection. Any thread may send, ping and close; the queue and the
 * writing belong to the channel's event loop.
 */
final class WebSocketLink extends Link {
  private static final AtomicLongFieldUpdater<WebSocketLink> LAST_HEARD =
      AtomicLongFieldUpdater.newUpdater(WebSocketLink.class, "lastHeardNs");

  private final Channel channel;
  private final TransportConfig config;
  private final Counters counters;
  private final FrameWriter writer;
  private final LoopOutbox outbox;
  private final int opcode;
  private List<byte[]> lastWords;

  /** What waits; null if nothing does, as on most links at most times. Other threads only read. */
  private @Nullable OutboundQueue queue;

  private final AtomicInteger handoverBytes = new AtomicInteger();
  private final LinkCounts counts = new LinkCounts();
  private final long sinceNs = System.nanoTime();
  private volatile long lastHeardNs;
  private @Nullable LossNotices losses;
  private boolean open;
  private boolean unflushed;

  /** How much of it {@link LoopOutbox#countWaiting} knows of. */
  private int waitingBytes;

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
    this.writer = new FrameWriter(channel, dialedUrl != null);
    this.outbox = EventLoops.outbox(channel.eventLoop());
    this.opcode = format == LinkFormat.BINARY ? Opcode.BINARY : Opcode.TEXT;
    this.config = config;
    this.counters = counters;
    if (lastWords.isEmpty()) {
      introduced();
    }
    this.lastHeardNs = sinceNs;
  }

  @Override
  public long lastHeardNs() {
    return lastHeardNs;
  }

  @Override
  public @Nullable AddressGroup group() {
    InetSocketAddress client = ClientAddress.of(channel);
    InetAddress ip = client == null ? null : client.getAddress();
    return ip == null ? null : AddressGroup.of(ip);
  }

  /** The other end gave a sign of life then, or a later one before. Event loop only. */
  void heard(long nowNs) {
    if (nowNs - lastHeardNs > 0) {
      LAST_HEARD.lazySet(this, nowNs); // no fence: one would wait for all memory under way
    }
  }

  private String address() {
    InetSocketAddress client = ClientAddress.of(channel);
    if (client == null || client.getAddress() == null) {
      return "";
    }
    // What a proxy says of a client is often the address alone.
    return client.getPort() == 0
        ? NetUtil.toAddressString(client.getAddress())
        : NetUtil.toSocketAddressString(client);
  }

  /** What has gone over it. */
  LinkCounts counts() {
    return counts;
  }

  /** Why this end closes it; null if it does not. Event loop only. */
  @Nullable CloseReason closing() {
    return closing;
  }

  /** What there is to know of it now. Any thread. */
  LinkStatus status(long nowNs) {
    return new LinkStatus(
        peer(),
        format(),
        relays(),
        inside(),
        inTable(),
        dialedUrl() != null,
        address(),
        nowNs - sinceNs,
        (long) queuedBytes() + handoverBytes.get(),
        counts.traffic(),
        counts.dropped(),
        counts.lastDrop(),
        counts.throttled(),
        counts.isThrottled(nowNs));
  }

  /**
   * Counts a datagram that came over the link, or was to go over it, and ended here. Any thread.
   */
  void countDropped(DropReason reason) {
    counters.countDropped(reason);
    counts.countDropped(reason);
  }

  /** A link of this transport, as which the control plane and the router know no other. */
  static WebSocketLink of(Link link) {
    return (WebSocketLink) link;
  }

  /** From now on {@code notices} tells of what the queue has no room for. Event loop only. */
  void tellLosses(LossNotices notices) {
    losses = notices;
  }

  private void onDropped(ByteBuf frame) {
    countDropped(DropReason.QUEUE_FULL);
    if (losses != null) {
      losses.onDropped(frame);
    }
  }

  Channel channel() {
    return channel;
  }

  FrameWriter writer() {
    return writer;
  }

  /** Hands a frame to one link or two of the same format, and its buffer with it. */
  static void sendTo(Verdict.Forward to, ByteBuf frame, Lane lane) {
    Link second = to.second();
    if (second != null) {
      of(second).send(FrameBuffers.copy(frame.alloc(), frame), lane);
    }
    of(to.first()).send(frame, lane);
  }

  /**
   * Queues a frame of the link's format. Takes over its buffer, with the bytes before its reader
   * index.
   */
  void send(ByteBuf frame, Lane lane) {
    if (channel.eventLoop().inEventLoop()) {
      enqueue(frame, lane);
      return;
    }
    int size = frame.readableBytes();
    if (handoverBytes.addAndGet(size) > config.maxQueueBytes()) {
      handoverBytes.addAndGet(-size);
      frame.release();
      countDropped(DropReason.QUEUE_FULL);
      return;
    }
    outbox.handOver(this, frame, lane);
  }

  /** Another thread has sent {@code frame}. Event loop only. */
  void onHandedOver(ByteBuf frame, Lane lane) {
    handoverBytes.addAndGet(-frame.readableBytes());
    enqueue(frame, lane);
  }

  /** Writes the frame, or lets it wait for room; all that is written in a turn shares a flush. */
  private void enqueue(ByteBuf frame, Lane lane) {
    if (closing != null || writer.isClosed() || !channel.isActive()) {
      frame.release();
      countDropped(DropReason.CLOSED);
      return;
    }
    if (open && queue == null && channel.isWritable()) {
      write(frame);
    } else {
      queue(frame, lane);
    }
    if (!unflushed) {
      unflushed = true;
      outbox.flushLater(this);
    }
  }

  private void queue(ByteBuf frame, Lane lane) {
    OutboundQueue waiting = queue;
    if (waiting == null) {
      waiting = new OutboundQueue(config.maxQueueBytes(), this::onDropped);
      queue = waiting;
    }
    waiting.add(frame, lane);
    countWaiting(waiting.bytes());
  }

  private int queuedBytes() {
    OutboundQueue waiting = queue;
    return waiting == null ? 0 : waiting.bytes();
  }

  private void write(ByteBuf frame) {
    counts.countSent(frame.readableBytes());
    writer.write(opcode, frame);
  }

  /** Says what is left of the opening, and then all else. Event loop only. */
  void open() {
    lastWords.forEach(word -> writer.write(opcode, word));
    lastWords = List.of();
    introduced();
    open = true;
    drain();
  }

  /**
   * Flushes what is written and writes what waits, as much as the socket takes. Event loop only.
   */
  void drain() {
    unflushed = false;
    if (inactive) {
      return; // Nothing waits any more, and all is counted.
    }
    writeQueued();
    writer.flush();
    // Of what the system does not take Netty keeps as much as makes the channel unwritable.
    int unsent = channel.isWritable() ? 0 : channel.config().getWriteBufferHighWaterMark();
    countWaiting(queuedBytes() + unsent);
    if (closing != null && !closeSent && (queue == null || queue.isEmpty())) {
      sendClose(closing.code(), closing);
    }
  }

  private void writeQueued() {
    while (queue != null && open && channel.isWritable()) {
      ByteBuf frame = queue.poll();
      if (frame == null) {
        queue = null;
      } else {
        write(frame);
      }
    }
  }

  private void countWaiting(int bytes) {
    if (bytes != waitingBytes) {
      outbox.countWaiting(bytes - waitingBytes);
      waitingBytes = bytes;
    }
  }

  /** Asks for a sign of life. Any thread. */
  void ping() {
    channel
        .eventLoop()
        .execute(
            () -> {
              writer.write(Opcode.PING, FrameBuffers.allocate(channel.alloc(), 0));
              writer.flush();
            });
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
    writer.close(code, reason.text());
  }

  /** The connection is gone: so is what was queued. Event loop only. */
  void onInactive() {
    inactive = true;
    countWaiting(0);
    for (int lost = queue == null ? 0 : queue.clear(); lost > 0; lost--) {
      countDropped(DropReason.CLOSED);
    }
    queue = null;
  }
}
