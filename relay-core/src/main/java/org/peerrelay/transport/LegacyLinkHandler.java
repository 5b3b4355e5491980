package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;
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
  void pass(ChannelHandlerContext ctx, WebSocketFrame frame)
      throws MalformedFrameException, UnfitDatagramException {
    if (!(frame instanceof TextWebSocketFrame)) {
      end(CloseReason.UNSUPPORTED);
      return;
    }
    LegacyDatagram datagram = LegacyReader.read(ByteBufUtil.getBytes(frame.content()));
    Verdict verdict =
        host.router().route(datagram.header(), datagram.control(), link, System.nanoTime());
    if (verdict instanceof Verdict.Forward forward) {
      forward(ctx, datagram, forward);
    } else if (verdict instanceof Verdict.Drop drop) {
      drop(ctx, drop.reason());
    } else {
      deliver(datagram.header().from(), datagram.message(), datagram.sizeBytes());
    }
  }

  private void forward(ChannelHandlerContext ctx, LegacyDatagram datagram, Verdict.Forward to)
      throws UnfitDatagramException {
    if (to.first().format() == LinkFormat.BINARY) {
      WebSocketLink.of(to.first()).send(Crossing.toBinary(ctx.alloc(), datagram), Lane.DATAGRAM);
      return;
    }
    ByteBuf out = LegacyWriter.forward(ctx.alloc(), datagram, host.self());
    WebSocketLink.sendTo(to, out, Lane.DATAGRAM);
  }
}
