package org.peerrelay;

import java.util.Map;
import org.peerrelay.swarm.SwarmDrop;

/**
 * What a {@link Swarm} has ignored and dropped so far.
 *
 * @param dropped how many there were, by reason; zero where there were none
 */
public record SwarmCounts(Map<SwarmDrop, Long> dropped) {
  /** Copies the map. */
  public SwarmCounts {
    dropped = Map.copyOf(dropped);
  }

  /** How many there were of one reason. */
  public long of(SwarmDrop reason) {
    return dropped.getOrDefault(reason, 0L);
  }
}
