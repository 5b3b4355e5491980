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
import org.peerrelay.wire.FrameBuffers;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.crossing.Crossing;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * The way of a legacy datagram: frame in, read, decide, and then onto other links, to the control
 * loop, or into a counter.
 */
final class LegacyLinkHandler extends LinkHandler {
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
    Link second = to.second();
    boolean sameFormat = second != null && second.format() == to.first().format();
    ByteBuf first = write(ctx, datagram, to.first().format(), to.via());
    if (second != null) {
      WebSocketLink.of(second)
          .send(
              sameFormat
                  ? FrameBuffers.copy(ctx.alloc(), first)
                  : write(ctx, datagram, second.format(), to.via()),
              Lane.DATAGRAM);
    }
    WebSocketLink.of(to.first()).send(first, Lane.DATAGRAM);
  }

  private ByteBuf write(
      ChannelHandlerContext ctx, LegacyDatagram datagram, LinkFormat format, @Nullable PeerId via)
      throws UnfitDatagramException {
    return format == LinkFormat.BINARY
        ? Crossing.toBinary(ctx.alloc(), datagram, via)
        : LegacyWriter.forward(ctx.alloc(), datagram, host.self());
  }
}
