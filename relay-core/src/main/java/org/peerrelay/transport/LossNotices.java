package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Transit;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.legacy.LegacyReader;

/**
 * Tells the authors of datagrams for which a link's queue had no room, as often as notices may go
 * out. What is of this node's own is told to its application. For one link and its event loop.
 */
final class LossNotices {
  private final LinkHost host;
  private final LinkFormat format;
  private final TokenBucket limit = new TokenBucket(NoticeRate.PER_LINK);

  LossNotices(LinkHost host, LinkFormat format) {
    this.host = host;
    this.format = format;
  }

  /** {@code frame}, which waited for the link, is dropped. */
  void onDropped(ByteBuf frame) {
    long nowNs = System.nanoTime();
    boolean own = format == LinkFormat.BINARY && DatagramLayout.isLinkFrame(frame);
    if (own || !limit.take(nowNs)) {
      return;
    }
    try {
      if (format == LinkFormat.BINARY) {
        Transit datagram = new Transit();
        DatagramLayout.read(frame, datagram);
        MessageKind kind = BinaryContents.kind(datagram.kind);
        boolean copy = (datagram.flags & DatagramLayout.FLAG_COPY) != 0;
        if (!copy) {
          tell(kind, datagram.from.toPeerId(), datagram.to.toPeerId(), datagram.nonce, nowNs);
        }
      } else {
        Header header = LegacyReader.read(ByteBufUtil.getBytes(frame)).header();
        tell(header.kind(), header.from(), header.to(), header.nonce(), nowNs);
      }
    } catch (MalformedFrameException | UnfitDatagramException impossible) {
      throw new IllegalStateException("a frame that was written here", impossible);
    }
  }

  private void tell(MessageKind kind, PeerId author, PeerId to, long nonce, long nowNs) {
    if (author.equals(host.self())) {
      if (kind == MessageKind.USER) {
        host.node().onLost(to, nonce, DropReason.QUEUE_FULL);
      }
    } else if (kind != MessageKind.NOTICE) {
      host.node().notice(author, NoticeCode.QUEUE_FULL, to, nonce, null, nowNs);
    }
  }
}
