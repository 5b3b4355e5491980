package org.peerrelay.overlay;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;
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
  private final int maxCandidates;
  private final long avoidNs;
  private final Expiring<PeerId> avoided;

  /** Those of them for whom each time is longer than the last. */
  private final Expiring<PeerId> failed;

  /** Which neighbour has named each candidate, of those that came with {@link #onNamed}. */
  private final Map<PeerId, PeerId> namedBy = new IdMap<>();

  Strangers(PeerId self, OverlayConfig config) {
    this.candidates = new RoutingTable(self, RoutingTable.DEFAULT_K);
    this.maxCandidates = config.maxCandidates();
    this.avoidNs = config.avoidNs();
    this.avoided = new Expiring<>(config.maxAvoided());
    this.failed = new Expiring<>(config.maxAvoided());
  }

  /** Takes those of {@code ids} that are not {@code known} as candidates. */
  void onHeard(List<PeerId> ids, Predicate<PeerId> known, long nowNs) {
    onHeard(ids, known, id -> false, nowNs);
  }

  /** The same; those that are {@code wanted} find room where there is none. */
  void onHeard(List<PeerId> ids, Predicate<PeerId> known, Predicate<PeerId> wanted, long nowNs) {
    for (PeerId id : ids) {
      if (!known.test(id) && !isAvoided(id, nowNs)) {
        offer(new Contact(id, null, nowNs), wanted.test(id), nowNs);
      }
    }
  }

  /**
   * As {@link #onHeard}, for a few candidates: where they are too many, {@code neighbour} gets as
   * many of the places as others who name peers. Else whoever answers first, and names twenty each
   * time, would be all that this node hears of.
   */
  void onNamed(PeerId neighbour, List<PeerId> ids, Predicate<PeerId> known, long nowNs) {
    namedBy.keySet().removeIf(id -> !isCandidate(id));
    for (PeerId id : ids) {
      boolean isNew = !known.test(id) && !isAvoided(id, nowNs) && !isCandidate(id);
      if (isNew && candidates.size() >= maxCandidates) {
        makeRoomFor(neighbour);
      }
      onHeard(List.of(id), known, nowNs);
      if (isNew && isCandidate(id)) {
        namedBy.put(id, neighbour);
      }
    }
  }

  private boolean isCandidate(PeerId id) {
    return candidates.find(id).isPresent();
  }

  /** Forgets a candidate of whoever has named most of them, if that is two more than these. */
  private void makeRoomFor(PeerId neighbour) {
    Map<PeerId, Integer> counts = new IdMap<>();
    namedBy.values().forEach(by -> counts.merge(by, 1, Integer::sum));
    int own = counts.getOrDefault(neighbour, 0);
    for (Map.Entry<PeerId, PeerId> named : namedBy.entrySet()) {
      int others = counts.getOrDefault(named.getValue(), 0);
      if (others > own + 1 && others == Collections.max(counts.values())) {
        candidates.remove(named.getKey());
        namedBy.remove(named.getKey());
        return;
      }
    }
  }

  /** A full bucket keeps what it has, but for what nobody has mentioned for long. */
  private void offer(Contact contact, boolean wanted, long nowNs) {
    if (candidates.size() >= maxCandidates && candidates.find(contact.id()).isEmpty()) {
      forgetOneOlderThan(avoidNs, nowNs);
      if (candidates.size() >= maxCandidates) {
        return;
      }
    }
    if (candidates.offer(contact) instanceof Insertion.Full full
        && (wanted || nowNs - full.oldest().lastSeenNs() >= avoidNs)) {
      candidates.remove(full.oldest().id());
      candidates.offer(contact);
    }
  }

  private void forgetOneOlderThan(long ageNs, long nowNs) {
    for (Contact candidate : candidates.contacts()) {
      if (nowNs - candidate.lastSeenNs() >= ageNs) {
        candidates.remove(candidate.id());
        return;
      }
    }
  }

  /** Those of the candidates are none any more, until they are heard of again. */
  void forgetIf(Predicate<PeerId> which) {
    candidates.contacts().stream()
        .map(Contact::id)
        .filter(which)
        .toList()
        .forEach(candidates::remove);
  }

  /** A link with it exists: it is no stranger any more. */
  void forget(PeerId peer) {
    candidates.remove(peer);
    avoided.remove(peer);
    failed.remove(peer);
  }

  /** A link with it could not be made: it is no candidate for a while. */
  void avoid(PeerId peer, long nowNs) {
    avoid(peer, avoidNs, nowNs);
  }

  /** It is no candidate for {@code durationNs}. */
  void avoid(PeerId peer, long durationNs, long nowNs) {
    candidates.remove(peer);
    avoided.add(peer, durationNs, nowNs);
  }

  /** It is no candidate for {@code minNs}, and twice as long each time that follows. */
  void avoidForLonger(PeerId peer, long minNs, long nowNs) {
    candidates.remove(peer);
    failed.addForLonger(peer, minNs, avoidNs, nowNs);
  }

  /** Those who were to be avoided for longer each time may have had no part in that. */
  void pardon() {
    failed.clear();
  }

  /** The candidates that share exactly {@code commonBits} leading bits with this node. */
  List<PeerId> inBucket(int commonBits) {
    return candidates.bucket(commonBits).stream().map(Contact::id).toList();
  }

  /** Up to {@code count} candidates, nearest to {@code target} first. */
  List<PeerId> nearest(PeerId target, int count) {
    return ClosestPeers.inTable(candidates, target, count).stream().map(Contact::id).toList();
  }

  /** Those of them that pass {@code wanted}, and others in place of those that do not. */
  List<PeerId> nearest(PeerId target, int count, Predicate<PeerId> wanted) {
    return ClosestPeers.inTable(candidates, target, candidates.size()).stream()
        .map(Contact::id)
        .filter(wanted)
        .limit(count)
        .toList();
  }

  /** Whether it is to be left alone for now. */
  boolean isAvoided(PeerId peer, long nowNs) {
    return avoided.contains(peer, nowNs) || failed.contains(peer, nowNs);
  }
}
