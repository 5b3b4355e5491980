package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames that wait until a link can be written to. Two lanes: control messages of this node go
 * first and are few; datagrams are dropped, oldest first, when together they exceed the bound.
 * Owned by the link's event loop, and owns the buffers in it.
 */
final class OutboundQueue {
  private final int maxBytes;
  private final Consumer<ByteBuf> onDrop;
  private final ArrayDeque<ByteBuf> control = new ArrayDeque<>(0);
  private final ArrayDeque<ByteBuf> datagrams = new ArrayDeque<>(0);

  /** So that an empty one, as most are, is known to be by itself. */
  private int size;

  /** Read by any thread, which may see an older value. */
  private int bytes;

  /**
   * An empty queue.
   *
   * @param onDrop is shown every frame that is dropped for want of room, before it is released
   */
  OutboundQueue(int maxBytes, Consumer<ByteBuf> onDrop) {
    this.maxBytes = maxBytes;
    this.onDrop = onDrop;
  }

  /** Adds a frame, and makes room for it. One that alone exceeds the bound is dropped itself. */
  void add(ByteBuf frame, Lane lane) {
    bytes += frame.readableBytes();
    if (frame.readableBytes() > maxBytes) {
      drop(frame);
      return;
    }
    (lane == Lane.CONTROL ? control : datagrams).add(frame);
    size++;
    while (bytes > maxBytes) {
      size--;
      drop(datagrams.isEmpty() ? control.remove() : datagrams.remove());
    }
  }

  /** Takes the next frame out; null if there is none. The caller owns it. */
  @Nullable ByteBuf poll() {
    if (size == 0) {
      return null;
    }
    size--;
    ByteBuf frame = control.isEmpty() ? datagrams.remove() : control.remove();
    bytes -= frame.readableBytes();
    return frame;
  }

  /** How much waits; of any thread, roughly. */
  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Releases all; returns how many there were, which are not counted as dropped. */
  int clear() {
    int count = 0;
    for (ByteBuf frame = poll(); frame != null; frame = poll()) {
      frame.release();
      count++;
    }
    return count;
  }

  private void drop(ByteBuf frame) {
    bytes -= frame.readableBytes();
    onDrop.accept(frame);
    frame.release();
  }

  /** Which of the two lanes a frame waits in. */
  enum Lane {
    CONTROL,
    DATAGRAM
  }
}
