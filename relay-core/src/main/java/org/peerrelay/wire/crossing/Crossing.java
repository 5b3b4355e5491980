package org.peerrelay.wire.crossing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * Takes datagrams from one wire format into the other without loss: the same ids, nonce and
 * content. The hops left in protocol 2 are 20 less the length of the path.
 */
public final class Crossing {
  private Crossing() {}

  /**
   * A legacy datagram as a protocol 2 frame, which says that nobody has proven its author.
   *
   * @param via the relay that the target is attached to; null if it is not located
   * @throws UnfitDatagramException if protocol 2 has no such kind, or no room for the content
   */
  public static ByteBuf toBinary(
      ByteBufAllocator allocator, LegacyDatagram datagram, @Nullable PeerId via)
      throws UnfitDatagramException {
    Header header = datagram.header();
    Message message = known(datagram.message());
    int hopsLeft = Header.MAX_PATH - header.path().size();
    ByteBuf frame =
        DatagramLayout.frame(
            allocator, header, DatagramLayout.FLAG_UNVERIFIED, hopsLeft, via, message);
    if (!DatagramLayout.fits(frame)) {
      int sizeBytes = frame.readableBytes();
      frame.release();
      throw new UnfitDatagramException(
          DropReason.TOO_LARGE, "datagram: " + sizeBytes + " bytes (expected: less)");
    }
    return frame;
  }

  /**
   * A protocol 2 datagram as a legacy frame, its path from the author over {@code self}.
   *
   * @throws UnfitDatagramException if its content is not what its kind demands, or the legacy
   *     format has no such kind
   */
  public static ByteBuf toLegacy(
      ByteBufAllocator allocator, Transit datagram, ByteBuf frame, PeerId self)
      throws UnfitDatagramException {
    MessageKind kind = BinaryContents.kind(datagram.kind);
    byte[] content = DatagramLayout.content(frame);
    Message message =
        known(kind.isLegacy() ? BinaryContents.read(kind, datagram.flags, content) : null);
    PeerId from = datagram.from.toPeerId();
    Header header = new Header(datagram.to.toPeerId(), from, datagram.nonce, kind, List.of(from));
    return LegacyWriter.relay(allocator, header, message, self);
  }

  private static Message known(@Nullable Message message) throws UnfitDatagramException {
    if (message == null || !message.kind().isLegacy()) {
      throw new UnfitDatagramException(
          DropReason.UNKNOWN_TYPE, "kind: none of both formats (expected: one that both have)");
    }
    return message;
  }
}
