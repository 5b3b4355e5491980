package org.peerrelay.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.peerrelay.id.PeerId;

/**
 * Peers that the forwarding plane has come upon and the control plane is to look after, each once
 * until it does. Bounded: what finds no room is counted, and comes again with its next datagram.
 * Any thread adds.
 */
final class Unsettled {
  static final int MAX_PEERS = 1_024;

  private final Counters counters;
  private final ConcurrentHashMap<PeerId, Integer> attempts = new ConcurrentHashMap<>();

  Unsettled(Counters counters) {
    this.counters = counters;
  }

  void add(PeerId peer, int attempt) {
    if (attempts.size() < MAX_PEERS || attempts.containsKey(peer)) {
      attempts.merge(peer, attempt, Math::max);
    } else {
      counters.countRefused(Refusal.UNSETTLED_FULL);
    }
  }

  /** The peers, each with the largest attempt at which it was come upon. */
  Map<PeerId, Integer> take() {
    if (attempts.isEmpty()) {
      return Map.of();
    }
    Map<PeerId, Integer> taken = new HashMap<>(attempts);
    taken.keySet().forEach(attempts::remove);
    return taken;
  }
}
