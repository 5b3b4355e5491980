package org.peerrelay.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.routing.AddressScope;

/**
 * How many questions about newcomers are under way, in all and about each address, an IPv4 address
 * or a /64 of IPv6. Those about clients on this machine have no bound by address: a proxy may speak
 * for many. Any thread.
 */
final class PendingQuestions {
  private final Map<Long, Integer> byAddress = new HashMap<>();
  private int pending;

  /** Whether one more may be asked, about somebody at {@code address}; if so, it is under way. */
  synchronized boolean begin(@Nullable InetAddress address) {
    Long key = key(address);
    boolean begins =
        pending < AccessCallout.MAX_PENDING
            && (key == null
                || byAddress.getOrDefault(key, 0) < AccessCallout.MAX_PENDING_PER_ADDRESS);
    if (begins) {
      pending++;
      if (key != null) {
        byAddress.merge(key, 1, Integer::sum);
      }
    }
    return begins;
  }

  /** One about somebody at {@code address} has its answer, or will have none. */
  synchronized void end(@Nullable InetAddress address) {
    Long key = key(address);
    pending--;
    if (key != null) {
      byAddress.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  private static @Nullable Long key(@Nullable InetAddress address) {
    if (address == null || AddressScope.of(address) == AddressScope.LOOPBACK) {
      return null;
    }
    byte[] bytes = AddressScope.withoutIpv6(address).getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length < Long.BYTES ? buffer.getInt() : buffer.getLong();
  }
}
