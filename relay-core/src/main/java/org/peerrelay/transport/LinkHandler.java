package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.AccessVerdict;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a link does whatever format it speaks: it waits until its peer is known to be allowed and
 * the control loop has accepted it, reads, and ends. All of it on the link's event loop.
 *
 * <p>Reading pauses until the link is accepted, so that no datagram passes before.
 */
abstract class LinkHandler extends FrameHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LinkHandler.class);

  /** Roughly what a waiting frame takes beside its content. */
  private static final int FRAME_BYTES = 100;

  private record Early(boolean text, ByteBuf message) {}

  private enum Phase {
    PENDING,
    OPEN,
    ENDING
  }

  final LinkHost host;
  final WebSocketLink link;
  private final Reading reading;

  /** What had been read when reading paused, and what Netty reads on to complete a message. */
  private final ArrayDeque<Early> early = new ArrayDeque<>(0);

  private int earlyBytes;

  private Phase phase = Phase.PENDING;
  private boolean begun;
  private boolean inactive;

  LinkHandler(LinkHost host, WebSocketLink link) {
    super(link.writer(), link.dialedUrl() == null, host.config().wire().maxFrameBytes());
    this.host = host;
    this.link = link;
    this.reading = new Reading(link.channel(), host);
    link.tellLosses(new LossNotices(host, link.format()));
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext ctx) {
    reading.hold();
    host.access()
        .admit(Newcomers.of(ctx.channel(), link))
        .exceptionally(failure -> AccessVerdict.UNANSWERED)
        .thenAccept(
            verdict -> {
              if (ctx.executor().inEventLoop()) {
                onVerdict(ctx, verdict);
              } else {
                ctx.executor().execute(() -> onVerdict(ctx, verdict));
              }
            });
  }

  private void onVerdict(ChannelHandlerContext ctx, AccessVerdict verdict) {
    if (verdict == AccessVerdict.YES) {
      host.links().add(link);
      host.counters().countLinked();
      offer(ctx);
    } else {
      refuse(ctx, verdict);
    }
  }

  /** Ends a link that the control loop has never known of. */
  private void refuse(ChannelHandlerContext ctx, AccessVerdict verdict) {
    LOG.debug("{}: {} not allowed: {}", ClientAddress.of(ctx.channel()), link.peer(), verdict);
    Newcomers.countRefused(host.counters(), verdict);
    String url = link.dialedUrl();
    if (url != null) {
      PeerId expected = Newcomers.isInvited(ctx.channel()) ? null : link.peer();
      host.report(new Dial(url, expected), false, ConnectFailure.NOT_ALLOWED);
    }
    link.beginClose(CloseReason.NOT_ALLOWED);
    begin(ctx, false);
  }

  private void offer(ChannelHandlerContext ctx) {
    host.inbox()
        .post(
            nowNs -> {
              boolean accepted = host.node().onLinkUp(link, nowNs);
              ctx.executor().execute(() -> begin(ctx, accepted));
            });
  }

  private void begin(ChannelHandlerContext ctx, boolean accepted) {
    begun = true;
    if (phase == Phase.PENDING) {
      phase = accepted ? Phase.OPEN : Phase.ENDING;
    }
    if (phase == Phase.OPEN) {
      link.open();
    }
    for (Early next = early.poll(); next != null; next = early.poll()) {
      handle(ctx, next.text, next.message);
    }
    if (inactive) {
      onGone();
    } else {
      reading.release();
    }
  }

  @Override
  final void onMessage(ChannelHandlerContext ctx, boolean text, ByteBuf message) {
    switch (phase) {
      case PENDING -> keep(ctx, text, message);
      case OPEN -> onDatagram(ctx, text, message);
      case ENDING -> LOG.trace("message after the end: {}", message);
    }
  }

  private void keep(ChannelHandlerContext ctx, boolean text, ByteBuf message) {
    earlyBytes += message.readableBytes() + FRAME_BYTES;
    if (earlyBytes > host.config().maxQueueBytes()) {
      link.countDropped(DropReason.QUEUE_FULL);
    } else {
      early.add(new Early(text, take(ctx, message)));
    }
  }

  private void onDatagram(ChannelHandlerContext ctx, boolean text, ByteBuf frame) {
    link.counts().countReceived(frame.readableBytes());
    if (text != (link.format() == LinkFormat.LEGACY)) {
      end(CloseReason.UNSUPPORTED);
      return;
    }
    try {
      pass(ctx, frame);
    } catch (MalformedFrameException e) {
      LOG.debug("{}: {}", link.peer(), e.getMessage());
      end(CloseReason.MALFORMED);
    } catch (UnfitDatagramException e) {
      LOG.debug("{}: {}", link.peer(), e.getMessage());
      drop(ctx, e.reason());
    }
  }

  /** Counts a datagram that ends here. */
  void drop(ChannelHandlerContext ctx, DropReason reason) {
    link.countDropped(reason);
  }

  /** Reads one frame and does what is to be done with the datagram in it. */
  abstract void pass(ChannelHandlerContext ctx, ByteBuf frame)
      throws MalformedFrameException, UnfitDatagramException;

  /** Hands a message for this node to the control loop. */
  final void deliver(Arrival arrival, @Nullable Message message, int sizeBytes) {
    if (message == null) {
      link.countDropped(DropReason.UNKNOWN_TYPE);
      return;
    }
    boolean taken =
        host.inbox().offer(sizeBytes, nowNs -> host.node().onDelivered(arrival, message, nowNs));
    if (!taken) {
      link.countDropped(DropReason.QUEUE_FULL);
    }
  }

  /** Closes the link and reads nothing more from it. */
  final void end(CloseReason reason) {
    phase = Phase.ENDING;
    link.beginClose(reason);
  }

  final WebSocketLink link() {
    return link;
  }

  @Override
  final void onRead(int frames, int bytes) {
    onPause(reading.onRead(frames, bytes, isChosen(), readNs()));
  }

  private boolean isChosen() {
    return link.dialedUrl() != null || link.inTable();
  }

  /** What nobody reads for a while may be a sign of life. */
  private void onPause(long pauseNs) {
    if (pauseNs > 0) {
      link.heard(readNs() + pauseNs);
      link.counts().countThrottled(readNs() + pauseNs);
    }
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext ctx) {
    link.heard(readNs());
    onPause(reading.onReadComplete(isChosen()));
    if (reading.isStuck()) {
      end(CloseReason.SILENT);
    }
    super.channelReadComplete(ctx);
  }

  /**
   * Whoever takes what waited for it lives, though pings, which wait in line, may come too late.
   */
  @Override
  public final void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      link.heard(System.nanoTime());
    }
    link.drain();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    inactive = true;
    // What a peer sent before it left counts: a link that is pending goes once it has begun.
    if (begun) {
      onGone();
    }
    ctx.fireChannelInactive();
  }

  private void onGone() {
    phase = Phase.ENDING;
    reading.end();
    link.onInactive();
    host.links().remove(link, theirCloseCode());
    host.inbox().post(nowNs -> host.node().onLinkDown(link, nowNs));
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: link failed", link.peer(), cause);
    // A write that comes after the close is no failure; that the link is down is told elsewhere.
    if (!(cause instanceof ClosedChannelException)) {
      phase = Phase.ENDING;
      link.fail(cause);
    }
  }
}
