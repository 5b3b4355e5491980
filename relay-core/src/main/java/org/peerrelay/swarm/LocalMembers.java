package org.peerrelay.swarm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.peerrelay.id.PeerId;
import org.peerrelay.rate.PeerBuckets;
import org.peerrelay.rate.Rate;

/** Of which swarms each neighbour is a member here. Owned by the {@link SwarmDirectory}. */
final class LocalMembers {
  private final int maxSwarmsPerMember;
  private final Map<PeerId, Set<PeerId>> swarms = new HashMap<>();
  private final PeerBuckets joins;

  LocalMembers(DirectoryConfig config) {
    this.maxSwarmsPerMember = config.maxSwarmsPerMember();
    this.joins =
        new PeerBuckets(new Rate(config.joinsPerS(), maxSwarmsPerMember), config.maxMembers());
  }

  /**
   * Tells whether {@code peer} is one of {@code swarm}'s now: not if it is of too many, or has
   * joined too many of late.
   */
  boolean add(PeerId peer, PeerId swarm, long nowNs) {
    Set<PeerId> joined = swarms.getOrDefault(peer, Set.of());
    if (joined.contains(swarm)) {
      return true;
    }
    return joined.size() < maxSwarmsPerMember
        && joins.take(peer, 1, nowNs)
        && swarms.computeIfAbsent(peer, unseen -> new HashSet<>()).add(swarm);
  }

  /** Forgets who has not joined any of late. */
  void sweep(long nowNs) {
    joins.sweep(nowNs);
  }

  void remove(PeerId peer, PeerId swarm) {
    swarms.computeIfPresent(
        peer, (same, joined) -> joined.remove(swarm) && joined.isEmpty() ? null : joined);
  }

  /** The neighbour has gone; tells of which swarms it was a member. */
  Set<PeerId> removeAll(PeerId peer) {
    Set<PeerId> joined = swarms.remove(peer);
    return joined == null ? Set.of() : joined;
  }

  boolean has(PeerId peer, PeerId swarm) {
    return swarms.getOrDefault(peer, Set.of()).contains(swarm);
  }
}
