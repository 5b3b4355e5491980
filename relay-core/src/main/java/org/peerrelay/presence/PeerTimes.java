package org.peerrelay.presence;

import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;

/** Peers that count for a time. Of too many, the one added longest ago is forgotten. */
final class PeerTimes {
  private final int maxPeers;
  private final IdMap<Long> untilNs = new IdMap<>();

  PeerTimes(int maxPeers) {
    this.maxPeers = maxPeers;
  }

  void add(PeerId peer, long untilNs) {
    this.untilNs.remove(peer);
    if (this.untilNs.size() >= maxPeers) {
      this.untilNs.removeFirst();
    }
    this.untilNs.put(peer, untilNs);
  }

  boolean contains(PeerId peer, long nowNs) {
    Long until = untilNs.get(peer);
    if (until == null) {
      return false;
    }
    boolean counts = nowNs - until < 0;
    if (!counts) {
      untilNs.remove(peer);
    }
    return counts;
  }
}
