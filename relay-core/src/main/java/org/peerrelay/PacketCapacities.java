package org.peerrelay;

import java.lang.ref.WeakReference;
import java.net.DatagramPacket;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How much each packet takes in when it is used again.
 *
 * <p>The JDK's sockets set the length of a packet to that of the datagram received, and still fill
 * the whole buffer the next time; programs rely on it. They do so by a field that nobody else can
 * reach: the only method to set a length shrinks the buffer as well. So what the buffer held before
 * is remembered here, and counts as long as the packet is as it was left: the same array, offset
 * and length. (A program that sets the very length which is there already, to take in less, is not
 * noticed.) Any thread.
 */
final class PacketCapacities {
  private record Left(WeakReference<byte[]> data, int offset, int length, int capacity) {
    boolean isStateOf(DatagramPacket packet) {
      return data.refersTo(packet.getData())
          && offset == packet.getOffset()
          && length == packet.getLength();
    }
  }

  /** A packet is equal to none but itself. */
  private final Map<DatagramPacket, Left> left = new WeakHashMap<>();

  /** How many bytes {@code packet} can receive. The caller holds the packet's lock. */
  synchronized int of(DatagramPacket packet) {
    @Nullable Left before = left.get(packet);
    return before != null && before.isStateOf(packet) ? before.capacity() : packet.getLength();
  }

  /**
   * Sets the length of {@code packet} to that of what it received, and remembers that it can
   * receive {@code capacity} bytes. The caller holds the packet's lock.
   */
  synchronized void setLength(DatagramPacket packet, int length, int capacity) {
    packet.setLength(length);
    if (length == capacity) {
      left.remove(packet);
    } else {
      WeakReference<byte[]> data = new WeakReference<>(packet.getData());
      left.put(packet, new Left(data, packet.getOffset(), length, capacity));
    }
  }
}
