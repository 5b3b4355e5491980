package org.peerrelay.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Peers that the forwarding plane has come upon and the control plane is to look after, each once
 * until it does. Bounded: what finds no room is counted, and comes again with its next datagram.
 * Any thread adds.
 */
final class Unsettled {
  static final int MAX_PEERS = 1_024;

  private final Counters counters;

  /** Null at first: a peer that is no relay has none. */
  private volatile @Nullable ConcurrentHashMap<PeerId, Integer> attempts;

  Unsettled(Counters counters) {
    this.counters = counters;
  }

  void add(PeerId peer, int attempt) {
    ConcurrentHashMap<PeerId, Integer> present = attempts;
    if (present == null) {
      present = make();
    }
    if (present.size() < MAX_PEERS || present.containsKey(peer)) {
      present.merge(peer, attempt, Math::max);
    } else {
      counters.countRefused(Refusal.UNSETTLED_FULL);
    }
  }

  private synchronized ConcurrentHashMap<PeerId, Integer> make() {
    ConcurrentHashMap<PeerId, Integer> made = attempts;
    if (made == null) {
      made = new ConcurrentHashMap<>();
      attempts = made;
    }
    return made;
  }

  /** The peers, each with the largest attempt at which it was come upon. */
  Map<PeerId, Integer> take() {
    ConcurrentHashMap<PeerId, Integer> present = attempts;
    if (present == null || present.isEmpty()) {
      return Map.of();
    }
    Map<PeerId, Integer> taken = new HashMap<>(present);
    taken.keySet().forEach(present::remove);
    return taken;
  }
}
