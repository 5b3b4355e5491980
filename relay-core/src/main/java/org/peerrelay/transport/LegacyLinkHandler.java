package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a datagram: frame in, read, decide, and then onto another link, to the control loop,
 * or into a counter. All of it on the link's event loop.
 *
 * <p>Reading pauses until the control loop has accepted the link, so that no datagram passes
 * before.
 */
final class LegacyLinkHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyLinkHandler.class);

  /** Roughly what a waiting frame takes beside its content. */
  private static final int FRAME_BYTES = 100;

  private enum Phase {
    PENDING,
    OPEN,
    ENDING
  }

  private final LinkHost host;
  private final WebSocketLink link;

  /** What had been read when reading paused, and what Netty reads on to complete a message. */
  private final ArrayDeque<WebSocketFrame> early = new ArrayDeque<>(0);

  private int earlyBytes;

  private Phase phase = Phase.PENDING;
  private boolean begun;
  private boolean inactive;

  LegacyLinkHandler(LinkHost host, WebSocketLink link) {
    this.host = host;
    this.link = link;
  }

  WebSocketLink link() {
    return link;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
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
      link.open(host.self());
    }
    for (WebSocketFrame frame = early.poll(); frame != null; frame = early.poll()) {
      channelRead0(ctx, frame);
      frame.release();
    }
    if (inactive) {
      onGone();
    } else if (ctx.channel().isActive()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    switch (phase) {
      case PENDING -> keep(frame);
      case OPEN -> onFrame(ctx, frame);
      case ENDING -> LOG.trace("frame after the end: {}", frame);
    }
  }

  private void keep(WebSocketFrame frame) {
    earlyBytes += frame.content().readableBytes() + FRAME_BYTES;
    if (earlyBytes > host.config().maxQueueBytes()) {
      host.counters().countDropped(DropReason.QUEUE_FULL);
    } else {
      early.add(frame.retain());
    }
  }

  private void onFrame(ChannelHandlerContext ctx, WebSocketFrame frame) {
    host.counters().countReceived();
    if (!(frame instanceof TextWebSocketFrame)) {
      end(CloseReason.UNSUPPORTED);
      return;
    }
    try {
      onDatagram(ctx, LegacyReader.read(ByteBufUtil.getBytes(frame.content())));
    } catch (MalformedFrameException e) {
      LOG.debug("{}: {}", link.peer(), e.getMessage());
      end(CloseReason.MALFORMED);
    } catch (UnfitDatagramException e) {
      LOG.debug("{}: {}", link.peer(), e.getMessage());
      host.counters().countDropped(e.reason());
    }
  }

  private void onDatagram(ChannelHandlerContext ctx, LegacyDatagram datagram) {
    Verdict verdict =
        host.router().route(datagram.header(), datagram.control(), link, System.nanoTime());
    if (verdict instanceof Verdict.Forward forward) {
      forward(LegacyWriter.forward(ctx.alloc(), datagram, host.self()), forward, Lane.DATAGRAM);
    } else if (verdict instanceof Verdict.Drop drop) {
      host.counters().countDropped(drop.reason());
    } else {
      deliver(datagram);
    }
  }

  /** Hands a frame to one link or two, and its buffer with it. */
  static void forward(ByteBuf frame, Verdict.Forward to, Lane lane) {
    if (to.second() instanceof WebSocketLink second) {
      second.send(frame.retainedDuplicate(), lane);
    }
    ((WebSocketLink) to.first()).send(frame, lane);
  }

  private void deliver(LegacyDatagram datagram) {
    Message message = datagram.message();
    if (message == null) {
      host.counters().countDropped(DropReason.UNKNOWN_TYPE);
      return;
    }
    boolean taken =
        host.inbox()
            .offer(
                datagram.sizeBytes(),
                nowNs -> host.node().onDelivered(datagram.header().from(), message, nowNs));
    if (!taken) {
      host.counters().countDropped(DropReason.QUEUE_FULL);
    }
  }

  private void end(CloseReason reason) {
    phase = Phase.ENDING;
    link.beginClose(reason);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    link.heard(System.nanoTime());
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    link.drain();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    inactive = true;
    // What a peer sent before it left counts: a link that is pending goes once it has begun.
    if (begun) {
      onGone();
    }
    ctx.fireChannelInactive();
  }

  private void onGone() {
    phase = Phase.ENDING;
    link.onInactive();
    host.inbox().post(nowNs -> host.node().onLinkDown(link, nowNs));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: link failed", link.peer(), cause);
    // A write that comes after the close is no failure; that the link is down is told elsewhere.
    if (!(cause instanceof ClosedChannelException)) {
      phase = Phase.ENDING;
      link.fail(cause);
    }
  }
}
