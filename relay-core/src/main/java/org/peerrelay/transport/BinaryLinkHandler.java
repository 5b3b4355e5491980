package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Transit;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.crossing.Crossing;

/**
 * The way of a protocol 2 datagram: frame in, read the header in place, decide, and then the same
 * bytes onto another link, one hop less; or to the control loop; or into a counter.
 */
final class BinaryLinkHandler extends LinkHandler {
  /** The header of the datagram in hand, used again for every one. */
  private final Transit datagram = new Transit();

  private final NoticeLimit notices = new NoticeLimit();

  BinaryLinkHandler(LinkHost host, WebSocketLink link) {
    super(host, link);
  }

  @Override
  void pass(ChannelHandlerContext ctx, WebSocketFrame frame)
      throws MalformedFrameException, UnfitDatagramException {
    if (!(frame instanceof BinaryWebSocketFrame)) {
      end(CloseReason.UNSUPPORTED);
      return;
    }
    ByteBuf bytes = frame.content();
    if (DatagramLayout.isLinkFrame(bytes)) {
      return; // none is known yet but those of the handshake; unknown ones are skipped
    }
    DatagramLayout.read(bytes, datagram);
    MessageKind kind = BinaryContents.kind(datagram.kind);
    Verdict verdict = host.router().route(datagram, kind, link, System.nanoTime());
    if (verdict instanceof Verdict.Forward forward) {
      forward(ctx, bytes, forward);
    } else if (verdict instanceof Verdict.Drop drop) {
      drop(ctx, drop.reason());
    } else {
      byte[] content = DatagramLayout.content(bytes);
      deliver(
          datagram.from.toPeerId(),
          BinaryContents.read(kind, datagram.flags, content),
          bytes.readableBytes());
    }
  }

  /** Counts the drop, and tells the author if it is at the other end of this link. */
  @Override
  void drop(ChannelHandlerContext ctx, DropReason reason) {
    super.drop(ctx, reason);
    NoticeCode code = NoticeCode.about(reason);
    boolean own = datagram.from.is(link.peer());
    boolean aboutNotice = datagram.kind == BinaryContents.code(MessageKind.NOTICE);
    if (code != null && own && !aboutNotice && notices.allows(System.nanoTime())) {
      Message notice = new Message.Notice(code, datagram.to.toPeerId(), datagram.nonce);
      Header header =
          new Header(link.peer(), host.self(), datagram.nonce, MessageKind.NOTICE, List.of());
      link.send(
          DatagramLayout.frame(ctx.alloc(), header, 0, DatagramLayout.MAX_HOPS, notice),
          Lane.CONTROL);
    }
  }

  private void forward(ChannelHandlerContext ctx, ByteBuf bytes, Verdict.Forward to)
      throws UnfitDatagramException {
    if (to.first().format() == LinkFormat.BINARY) {
      DatagramLayout.setHopsLeft(bytes, datagram.hopsLeft - 1);
      WebSocketLink.of(to.first()).send(bytes.retain(), Lane.DATAGRAM);
      return;
    }
    ByteBuf out = Crossing.toLegacy(ctx.alloc(), datagram, bytes, host.self());
    WebSocketLink.sendTo(to, out, Lane.DATAGRAM);
  }
}
