package org.peerrelay.wire.legacy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;

/** The texts that {@link LegacyWriter} writes; the buffers are released here. */
final class WrittenFrame {
  /** Buffers on the heap are not tracked for leaks, which would take most of a fuzz test's time. */
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

  private WrittenFrame() {}

  static String hello(PeerId self) {
    return new String(LegacyWriter.hello(self), StandardCharsets.UTF_8);
  }

  static String originate(Header header, Message message) {
    return text(LegacyWriter.originate(HEAP, header, message));
  }

  static String forward(LegacyDatagram datagram, PeerId self) {
    return text(LegacyWriter.forward(HEAP, datagram, self));
  }

  private static String text(ByteBuf frame) {
    try {
      return frame.toString(StandardCharsets.UTF_8);
    } finally {
      frame.release();
    }
  }
}
