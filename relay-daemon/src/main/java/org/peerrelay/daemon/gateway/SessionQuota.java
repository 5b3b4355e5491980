package org.peerrelay.daemon.gateway;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.peerrelay.daemon.http.ProblemException;

/**
 * How many sessions there are, in all and per address. One that has ended counts for a while yet:
 * so the number is also a rate. Not thread-safe.
 */
final class SessionQuota {
  private record Ended(String address, long untilNs) {}

  private final Supplier<GatewayLimits> limits;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final ArrayDeque<Ended> ended = new ArrayDeque<>();
  private int count;

  /** No sessions yet; {@code limits} are asked for each time. */
  SessionQuota(Supplier<GatewayLimits> limits) {
    this.limits = limits;
  }

  /**
   * One more.
   *
   * @throws ProblemException if there are too many
   */
  void take(String address, long nowNs) throws ProblemException {
    forget(nowNs);
    if (byAddress.getOrDefault(address, 0) >= limits.get().maxSessionsPerAddress()) {
      throw GatewayRefusal.TOO_MANY_FROM_ADDRESS.exception();
    }
    if (count >= limits.get().maxSessions()) {
      throw GatewayRefusal.TOO_MANY_SESSIONS.exception();
    }
    byAddress.merge(address, 1, Integer::sum);
    count++;
  }

  /** One of {@code address} has ended. */
  void end(String address, long nowNs) {
    ended.add(new Ended(address, nowNs + limits.get().restNs()));
  }

  private void forget(long nowNs) {
    for (Ended oldest = ended.peek();
        oldest != null && nowNs - oldest.untilNs >= 0;
        oldest = ended.peek()) {
      ended.remove();
      byAddress.computeIfPresent(
          oldest.address, (address, number) -> number > 1 ? number - 1 : null);
      count--;
    }
  }
}
