package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;

/**
 * The links that this peer tells others of. One that is new comes in when it has been up for a
 * moment, and one that is lost goes when it has not come back for a moment: so nobody hears of a
 * link that flaps. Owned by {@link Publisher}.
 */
final class SettledLinks {
  private static final class Entry {
    boolean lost;
    long lostNs;
  }

  private final LinkConfig config;
  private final IdMap<Entry> entries = new IdMap<>();

  SettledLinks(LinkConfig config) {
    this.config = config;
  }

  /** Takes over what {@code links} are now; tells whether that changes anything for others. */
  boolean update(Links links, long nowNs) {
    boolean changed = false;
    for (Link link : links.all()) {
      if (link.isUp()
          && nowNs - link.sinceNs >= config.gatherNs()
          && entries.size() < LinksRecord.MAX_LINKS
          && !entries.containsKey(link.peer)) {
        entries.put(link.peer, new Entry());
        changed = true;
      }
    }
    Iterator<PeerId> peers = entries.keySet().iterator();
    while (peers.hasNext()) {
      PeerId peer = peers.next();
      Entry entry = entries.get(peer);
      if (entry != null && isGone(entry, links.up(peer) != null, nowNs)) {
        peers.remove();
        changed = true;
      }
    }
    return changed;
  }

  private boolean isGone(Entry entry, boolean up, long nowNs) {
    if (up) {
      entry.lost = false;
    } else if (!entry.lost) {
      entry.lost = true;
      entry.lostNs = nowNs;
    }
    return entry.lost && nowNs - entry.lostNs >= config.lostNs();
  }

  /** One that will not come back; tells whether it was there. */
  boolean remove(PeerId peer) {
    return entries.remove(peer) != null;
  }

  /** In ascending order. */
  List<PeerId> peers() {
    List<PeerId> peers = new ArrayList<>(entries.keySet());
    Collections.sort(peers);
    return peers;
  }
}
