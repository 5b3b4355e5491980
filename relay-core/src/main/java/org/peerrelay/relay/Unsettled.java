package org.peerrelay.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.peerrelay.id.PeerId;

/**
 * Peers that the forwarding plane has come upon and the control plane is to look after, each once
 * until it does. Bounded: what finds no room comes again with its next datagram. Any thread adds.
 */
final class Unsettled {
  private static final int MAX_PEERS = 1_024;

  private final Set<PeerId> peers = ConcurrentHashMap.newKeySet();

  void add(PeerId peer) {
    if (peers.size() < MAX_PEERS) {
      peers.add(peer);
    }
  }

  List<PeerId> take() {
    if (peers.isEmpty()) {
      return List.of();
    }
    List<PeerId> taken = new ArrayList<>(peers);
    taken.forEach(peers::remove);
    return taken;
  }
}
