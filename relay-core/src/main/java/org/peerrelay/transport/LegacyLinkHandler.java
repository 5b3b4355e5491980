package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Header;
import org.peerrelay.message.Provenance;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.crossing.Crossing;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a legacy datagram: frame in, read, decide, and then onto other links, to the control
 * loop, or into a counter.
 */
final class LegacyLinkHandler extends LinkHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyLinkHandler.class);

  LegacyLinkHandler(LinkHost host, WebSocketLink link) {
    super(host, link);
  }

  @Override
  void pass(ChannelHandlerContext ctx, ByteBuf frame)
      throws MalformedFrameException, UnfitDatagramException {
    LegacyDatagram datagram = LegacyReader.read(ByteBufUtil.getBytes(frame));
    Verdict verdict = host.router().route(datagram.header(), datagram.control(), link, readNs());
    if (verdict instanceof Verdict.Forward forward) {
      forward(ctx, datagram, forward);
    } else if (verdict instanceof Verdict.Drop drop) {
      drop(ctx, drop.reason());
    } else {
      deliver(arrival(datagram.header()), datagram.message(), datagram.sizeBytes());
    }
  }

  private Arrival arrival(Header header) {
    return new Arrival(
        header.from(),
        header.nonce(),
        link.peer(),
        header.path().size(),
        Provenance.UNVERIFIED,
        false);
  }

  private void forward(ChannelHandlerContext ctx, LegacyDatagram datagram, Verdict.Forward to)
      throws UnfitDatagramException {
    Link first = to.first();
    Link second = to.second();
    if (second == null || second.format() == first.format()) {
      WebSocketLink.sendTo(to, write(ctx, datagram, first.format(), to.via()), Lane.DATAGRAM);
      return;
    }
    // What is unfit for the one format may be fit for the other.
    try {
      forward(ctx, datagram, first, to.via());
    } catch (UnfitDatagramException unfit) {
      forward(ctx, datagram, second, to.via());
      return;
    }
    try {
      forward(ctx, datagram, second, to.via());
    } catch (UnfitDatagramException unfit) {
      LOG.debug("{}: {}", link.peer(), unfit.getMessage());
    }
  }

  private void forward(
      ChannelHandlerContext ctx, LegacyDatagram datagram, Link to, @Nullable PeerId via)
      throws UnfitDatagramException {
    WebSocketLink.of(to).send(write(ctx, datagram, to.format(), via), Lane.DATAGRAM);
  }

  private ByteBuf write(
      ChannelHandlerContext ctx, LegacyDatagram datagram, LinkFormat format, @Nullable PeerId via)
      throws UnfitDatagramException {
    return format == LinkFormat.BINARY
        ? Crossing.toBinary(ctx.alloc(), datagram, via)
        : LegacyWriter.forward(ctx.alloc(), datagram, host.self());
  }
}
