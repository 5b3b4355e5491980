package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;

/**
 * The links in the table, by distance: those of a bucket stand beside one another. Bucket <i>i</i>
 * has the relays that share exactly <i>i</i> leading bits with this one. Owned by {@link
 * RelayTable}.
 */
final class TableLinks {
  private final PeerId self;
  private final List<Link> nearestFirst = new ArrayList<>();

  TableLinks(PeerId self) {
    this.self = self;
  }

  /** Adds a link to a peer that has none here. */
  void add(Link link) {
    nearestFirst.add(rank(link.peer()), link);
  }

  /** Removes those that fit; tells whether there were any. */
  boolean removeIf(Predicate<Link> which) {
    return nearestFirst.removeIf(which);
  }

  int size() {
    return nearestFirst.size();
  }

  /** The bucket that {@code peer} belongs to. */
  int bucketOf(PeerId peer) {
    return self.commonPrefixBits(peer);
  }

  /** How many of them are nearer to this node than {@code peer}. */
  int rank(PeerId peer) {
    int low = 0;
    int high = nearestFirst.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (self.compareDistance(nearestFirst.get(middle).peer(), peer) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The {@code count} nearest, the nearest first. */
  List<Link> nearest(int count) {
    return Collections.unmodifiableList(
        nearestFirst.subList(0, Math.min(count, nearestFirst.size())));
  }

  List<Link> inBucket(int bucket) {
    return nearestFirst.stream().filter(link -> bucketOf(link.peer()) == bucket).toList();
  }

  /** How many links each bucket has, and would have with {@code others}. */
  int[] countsWith(Collection<PeerId> others) {
    int[] counts = new int[PeerId.BITS];
    nearestFirst.forEach(link -> counts[bucketOf(link.peer())]++);
    others.forEach(peer -> counts[bucketOf(peer)]++);
    return counts;
  }

  /**
   * The last bucket that is to be filled: that of the {@code near}th nearest. Those after it have
   * the nearer ones, all that there are. Without that many it is that of the nearest; -1 without
   * any.
   */
  int depth(int near) {
    if (nearestFirst.isEmpty()) {
      return -1;
    }
    int index = nearestFirst.size() >= near ? near - 1 : 0;
    return bucketOf(nearestFirst.get(index).peer());
  }
}
