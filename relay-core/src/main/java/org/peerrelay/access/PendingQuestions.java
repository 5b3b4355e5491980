package org.peerrelay.access;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.routing.AddressScope;

/**
 * How many questions about newcomers are under way, in all and about each client's address. Those
 * about clients on this machine have no bound by address: a proxy may speak for many. Any thread.
 */
final class PendingQuestions {
  private final Map<AddressBlock, Integer> byAddress = new HashMap<>();
  private int pending;

  /** Whether one more may be asked, about somebody at {@code address}; if so, it is under way. */
  synchronized boolean begin(@Nullable InetAddress address) {
    AddressBlock key = key(address);
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
    AddressBlock key = key(address);
    pending--;
    if (key != null) {
      byAddress.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  private static @Nullable AddressBlock key(@Nullable InetAddress address) {
    return address == null || AddressScope.of(address) == AddressScope.LOOPBACK
        ? null
        : AddressBlock.ofClient(address);
  }
}
