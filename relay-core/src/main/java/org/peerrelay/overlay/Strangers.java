package org.peerrelay.overlay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.ClosestPeers;
import org.peerrelay.routing.Contact;
import org.peerrelay.routing.Insertion;
import org.peerrelay.routing.RoutingTable;

/**
 * Peers heard of but not linked: candidates for links, and those that links failed with, which are
 * left alone for a while. Both are bounded, since anybody can invent ids. Owned by the overlay.
 */
final class Strangers {
  private final RoutingTable candidates;
  private final long avoidNs;
  private final Map<PeerId, Long> avoidedUntilNs;

  Strangers(PeerId self, OverlayConfig config) {
    this.candidates = new RoutingTable(self, RoutingTable.DEFAULT_K);
    this.avoidNs = config.avoidNs();
    this.avoidedUntilNs = new BoundedMap(config.maxAvoided());
  }

  /** Takes those of {@code ids} that are not {@code known} as candidates. */
  void onHeard(List<PeerId> ids, Predicate<PeerId> known, long nowNs) {
    for (PeerId id : ids) {
      if (!known.test(id) && !isAvoided(id, nowNs)) {
        offer(new Contact(id, null, nowNs), nowNs);
      }
    }
  }

  /** A full bucket keeps what it has, but for what nobody has mentioned for long. */
  private void offer(Contact contact, long nowNs) {
    if (candidates.offer(contact) instanceof Insertion.Full full
        && nowNs - full.oldest().lastSeenNs() >= avoidNs) {
      candidates.remove(full.oldest().id());
      candidates.offer(contact);
    }
  }

  /** A link with it exists: it is no stranger any more. */
  void forget(PeerId peer) {
    candidates.remove(peer);
    avoidedUntilNs.remove(peer);
  }

  /** A link with it could not be made: it is no candidate for a while. */
  void avoid(PeerId peer, long nowNs) {
    candidates.remove(peer);
    avoidedUntilNs.remove(peer);
    avoidedUntilNs.put(peer, nowNs + avoidNs);
  }

  /** Up to {@code count} candidates that pass {@code wanted}, nearest to {@code target} first. */
  List<PeerId> nearest(PeerId target, int count, Predicate<PeerId> wanted) {
    return ClosestPeers.inTable(candidates, target, candidates.size()).stream()
        .map(Contact::id)
        .filter(wanted)
        .limit(count)
        .toList();
  }

  /** Whether it is to be left alone for now. */
  boolean isAvoided(PeerId peer, long nowNs) {
    Long untilNs = avoidedUntilNs.get(peer);
    return untilNs != null && nowNs - untilNs < 0;
  }

  private static final class BoundedMap extends LinkedHashMap<PeerId, Long> {
    private static final long serialVersionUID = 1L;

    private final int maxEntries;

    BoundedMap(int maxEntries) {
      this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<PeerId, Long> eldest) {
      return size() > maxEntries;
    }
  }
}
