package org.peerrelay.overlay;

import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;

/** A bounded set of ids that forgets the one added longest ago. Owned by whoever made it. */
final class RecentIds {
  private final int maxEntries;
  private final IdMap<Boolean> ids = new IdMap<>();

  RecentIds(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  void add(PeerId id) {
    ids.put(id, Boolean.TRUE);
    if (ids.size() > maxEntries) {
      ids.removeFirst();
    }
  }

  boolean contains(PeerId id) {
    return ids.containsKey(id);
  }
}
