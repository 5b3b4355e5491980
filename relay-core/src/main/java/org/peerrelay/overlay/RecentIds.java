package org.peerrelay.overlay;

import java.util.LinkedHashMap;
import java.util.Map;
import org.peerrelay.id.PeerId;

/** A bounded set of ids that forgets the one added longest ago. Owned by whoever made it. */
final class RecentIds {
  private final Map<PeerId, Boolean> ids;

  RecentIds(int maxEntries) {
    this.ids = new Bounded(maxEntries);
  }

  void add(PeerId id) {
    ids.put(id, Boolean.TRUE);
  }

  boolean contains(PeerId id) {
    return ids.containsKey(id);
  }

  private static final class Bounded extends LinkedHashMap<PeerId, Boolean> {
    private static final long serialVersionUID = 1L;

    private final int maxEntries;

    Bounded(int maxEntries) {
      this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<PeerId, Boolean> eldest) {
      return size() > maxEntries;
    }
  }
}
