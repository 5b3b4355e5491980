package org.peerrelay.bench.shape;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Finds packets in protocols that are streams of bytes and do not care where WebSocket messages
 * begin and end. Keeps what is left of one that is not all there. Belongs to one event loop.
 */
final class PacketSplitter {
  /** Tells how long the packet at {@code index} is, or 0 if what is there does not tell yet. */
  interface Measure {
    int length(ByteBuf in, int index, int available);
  }

  /** Takes a whole packet. */
  interface Sink {
    void onPacket(ByteBuf in, int index, int length);
  }

  private final Measure measure;
  private byte @Nullable [] rest;

  PacketSplitter(Measure measure) {
    this.measure = measure;
  }

  void split(ByteBuf in, int index, int length, Sink sink) {
    if (rest == null) {
      splitWhole(in, index, length, sink);
      return;
    }
    byte[] both = new byte[rest.length + length];
    System.arraycopy(rest, 0, both, 0, rest.length);
    in.getBytes(index, both, rest.length, length);
    rest = null;
    splitWhole(Unpooled.wrappedBuffer(both), 0, both.length, sink);
  }

  private void splitWhole(ByteBuf in, int index, int length, Sink sink) {
    int at = index;
    int end = index + length;
    while (at < end) {
      int size = measure.length(in, at, end - at);
      if (size == 0 || size > end - at) {
        rest = new byte[end - at];
        in.getBytes(at, rest);
        return;
      }
      sink.onPacket(in, at, size);
      at += size;
    }
  }
}
