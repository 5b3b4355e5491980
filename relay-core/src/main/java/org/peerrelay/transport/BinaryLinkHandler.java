package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.TimeUnit;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.Transit;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.FrameBuffers;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.binary.GoingDown;
import org.peerrelay.wire.crossing.Crossing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a protocol 2 datagram: message in, read the header in place, decide, and then the same
 * bytes onto another link, one hop less; or to the control loop; or into a counter.
 */
final class BinaryLinkHandler extends LinkHandler {
  private static final Logger LOG = LoggerFactory.getLogger(BinaryLinkHandler.class);

  /** A loop has one datagram in hand at a time, whichever link it is from. */
  private static final FastThreadLocal<Transit> IN_HAND =
      new FastThreadLocal<>() {
        @Override
        protected Transit initialValue() {
          return new Transit();
        }
      };

  /** The header of the datagram in hand, used again for every one of this event loop. */
  private final Transit datagram = IN_HAND.get();

  private final TokenBucket notices = new TokenBucket(NoticeRate.PER_LINK);
  private final TokenBucket announcements = new TokenBucket(NoticeRate.PER_LINK);
  private final TraceReports trace;

  /** For one link. Its event loop only. */
  BinaryLinkHandler(LinkHost host, WebSocketLink link) {
    super(host, link);
    this.trace = new TraceReports(host);
  }

  @Override
  void pass(ChannelHandlerContext ctx, ByteBuf bytes)
      throws MalformedFrameException, UnfitDatagramException {
    if (DatagramLayout.isLinkFrame(bytes)) {
      onLinkFrame(bytes);
      return;
    }
    DatagramLayout.read(bytes, datagram);
    MessageKind kind = BinaryContents.kind(datagram.kind);
    long nowNs = readNs();
    if (isAnnouncement(kind) && !link.inTable() && !announcements.take(nowNs)) {
      drop(ctx, DropReason.RATE_LIMITED);
      return;
    }
    Verdict verdict = host.router().route(datagram, kind, link, nowNs);
    if (kind == MessageKind.TRACE) {
      trace.report(datagram, verdict);
    }
    if (verdict instanceof Verdict.Forward forward) {
      forward(ctx, bytes, kind, forward);
    } else if (verdict instanceof Verdict.Drop drop) {
      drop(ctx, drop.reason());
    } else if (verdict instanceof Verdict.Repeated) {
      answerAgain(kind);
    } else {
      deliver(
          arrival(),
          BinaryContents.read(kind, datagram.flags, DatagramLayout.content(bytes)),
          bytes.readableBytes());
    }
  }

  /** What a relay has to check, keep, or answer at length. */
  private static boolean isAnnouncement(MessageKind kind) {
    return kind == MessageKind.POINTER
        || kind == MessageKind.SWARM_PUBLISH
        || kind == MessageKind.SWARM_SYNC;
  }

  /** Those of the handshake are over, and unknown ones are skipped. */
  private void onLinkFrame(ByteBuf bytes) {
    GoingDown goingDown = GoingDown.read(bytes);
    if (goingDown != null) {
      long delayNs = TimeUnit.MILLISECONDS.toNanos(goingDown.delayMs());
      boolean taken =
          host.inbox()
              .offer(bytes.readableBytes(), nowNs -> host.node().onGoingDown(link, delayNs, nowNs));
      if (!taken) {
        host.counters().countDropped(DropReason.QUEUE_FULL);
      }
    }
  }

  private void answerAgain(MessageKind kind) {
    Arrival arrival = arrival();
    boolean taken =
        host.inbox()
            .offer(
                DatagramLayout.HEADER_BYTES, nowNs -> host.node().onRepeated(arrival, kind, nowNs));
    if (!taken) {
      link.countDropped(DropReason.QUEUE_FULL);
    }
  }

  private Arrival arrival() {
    boolean wantsAnswer = (datagram.flags & DatagramLayout.FLAG_WANTS_ANSWER) != 0;
    return new Arrival(
        datagram.from.toPeerId(),
        datagram.nonce,
        link.peer(),
        Header.MAX_PATH + 1 - datagram.hopsLeft,
        provenance(),
        wantsAnswer,
        datagram.attempt);
  }

  private Provenance provenance() {
    if ((datagram.flags & DatagramLayout.FLAG_UNVERIFIED) != 0) {
      return Provenance.UNVERIFIED;
    }
    return datagram.from.is(link.peer()) ? Provenance.VERIFIED : Provenance.CLAIMED;
  }

  /** Counts the drop, and tells the author. */
  @Override
  void drop(ChannelHandlerContext ctx, DropReason reason) {
    super.drop(ctx, reason);
    NoticeCode code = NoticeCode.about(reason);
    boolean aboutNotice = datagram.kind == BinaryContents.code(MessageKind.NOTICE);
    long nowNs = readNs();
    if (code != null && !aboutNotice && isTheOnlyCopy(reason) && notices.take(nowNs)) {
      PeerId via = datagram.via.isNone() ? null : datagram.via.toPeerId();
      host.node()
          .notice(
              datagram.from.toPeerId(), code, datagram.to.toPeerId(), datagram.nonce, via, nowNs);
    }
  }

  /**
   * Whether the author's datagram is lost for certain. The legacy format makes copies without
   * saying so.
   */
  private boolean isTheOnlyCopy(DropReason reason) {
    boolean legacy = (datagram.flags & DatagramLayout.FLAG_UNVERIFIED) != 0;
    return (datagram.flags & DatagramLayout.FLAG_COPY) == 0
        && !(legacy && reason == DropReason.NO_ROUTE);
  }

  private void forward(
      ChannelHandlerContext ctx, ByteBuf bytes, MessageKind kind, Verdict.Forward to)
      throws UnfitDatagramException {
    if (kind == MessageKind.NOTICE
        && BinaryContents.read(kind, datagram.flags, DatagramLayout.content(bytes))
            instanceof Message.Notice notice) {
      host.node().onPassing(notice);
    }
    DatagramLayout.setHopsLeft(bytes, datagram.hopsLeft - 1);
    DatagramLayout.setVia(bytes, datagram.via);
    if (datagram.sentOn) {
      DatagramLayout.setFlags(bytes, DatagramLayout.FLAG_SENT_ON);
    }
    Link second = to.second();
    if (second == null) {
      forward(ctx, bytes, to.first());
    } else {
      DatagramLayout.setFlags(bytes, DatagramLayout.FLAG_COPY);
      forwardTwo(ctx, bytes, to.first(), second);
    }
  }

  /** What is unfit for the one may be fit for the other. */
  private void forwardTwo(ChannelHandlerContext ctx, ByteBuf bytes, Link first, Link second)
      throws UnfitDatagramException {
    try {
      forwardCopy(ctx, bytes, first);
    } catch (UnfitDatagramException unfit) {
      forward(ctx, bytes, second);
      return;
    }
    try {
      forward(ctx, bytes, second);
    } catch (UnfitDatagramException unfit) {
      LOG.debug("{}: {}", link.peer(), unfit.getMessage());
    }
  }

  /** The bytes in hand can be taken once. */
  private void forwardCopy(ChannelHandlerContext ctx, ByteBuf bytes, Link to)
      throws UnfitDatagramException {
    boolean same = to.format() == LinkFormat.BINARY;
    ByteBuf frame = same ? FrameBuffers.copy(ctx.alloc(), bytes) : crossed(ctx, bytes);
    WebSocketLink.of(to).send(frame, Lane.DATAGRAM);
  }

  private void forward(ChannelHandlerContext ctx, ByteBuf bytes, Link to)
      throws UnfitDatagramException {
    boolean same = to.format() == LinkFormat.BINARY;
    ByteBuf frame = same ? take(ctx, bytes) : crossed(ctx, bytes);
    WebSocketLink.of(to).send(frame, Lane.DATAGRAM);
  }

  private ByteBuf crossed(ChannelHandlerContext ctx, ByteBuf bytes) throws UnfitDatagramException {
    return Crossing.toLegacy(ctx.alloc(), datagram, bytes, host.self());
  }
}
