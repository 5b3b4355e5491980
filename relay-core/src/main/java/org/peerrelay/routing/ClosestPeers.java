package org.peerrelay.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.peerrelay.id.PeerId;

/**
 * The exact answer to Kademlia's question: who is nearest to a target by XOR distance?
 *
 * <p>There is one form over a {@link RoutingTable} for the control plane, and one over sorted ids,
 * for the forwarding plane: it works on an immutable snapshot from any thread, allocates nothing,
 * and answers with indexes, so that an array of links beside the ids needs no map.
 */
public final class ClosestPeers {
  private ClosestPeers() {}

  /**
   * The {@code limit} contacts nearest to {@code target}, or all if there are fewer, the nearest
   * first. Only buckets that are needed are looked into and sorted, each by itself.
   *
   * <p>For the bits of local id XOR target, from the first: where a bit is set, the target lies in
   * that bucket's half, so the bucket is nearer than all later ones; where it is not, the bucket is
   * farther than all later ones. So the order is: buckets of set bits from the first to the last,
   * then the others from the last to the first.
   */
  public static List<Contact> inTable(RoutingTable table, PeerId target, int limit) {
    List<Contact> nearest = new ArrayList<>();
    for (int i = 0; i < PeerId.BITS && nearest.size() < limit; i++) {
      if (table.local().bitAt(i) != target.bitAt(i)) {
        append(table.bucket(i), target, limit, nearest);
      }
    }
    for (int i = PeerId.BITS - 1; i >= 0 && nearest.size() < limit; i--) {
      if (table.local().bitAt(i) == target.bitAt(i)) {
        append(table.bucket(i), target, limit, nearest);
      }
    }
    return nearest;
  }

  /**
   * The index in {@code sorted} of the id nearest to {@code target} among those whose index {@code
   * accepts}; -1 if there is none. For ids that are spread as hashes are, costs O(log N) and O(1)
   * for every id that is refused; for ids chosen to be awkward, O(log N) for each.
   *
   * @param sorted ids in ascending order, none twice
   */
  public static int nearestIndex(PeerId[] sorted, PeerId target, IntPredicate accepts) {
    int index = IdTrie.nearest(sorted, target);
    while (index >= 0 && !accepts.test(index)) {
      index = IdTrie.next(sorted, target, index);
    }
    return index;
  }

  /**
   * The index in {@code sorted} of the id that comes next in distance from {@code target} after the
   * one at {@code index}; -1 if that is the farthest. Costs as in {@link #nearestIndex}.
   *
   * @param sorted ids in ascending order, none twice
   */
  public static int nextIndex(PeerId[] sorted, PeerId target, int index) {
    return IdTrie.next(sorted, target, index);
  }

  /**
   * Fills {@code found} with the indexes in {@code sorted} of the ids nearest to {@code target}
   * among those whose index {@code accepts}, the nearest first. Costs as in {@link #nearestIndex},
   * with the ids that are found counted in.
   *
   * @param sorted ids in ascending order, none twice
   * @return how many were found: less than the length of {@code found} only if there are no more
   */
  public static int nearestIndexes(
      PeerId[] sorted, PeerId target, IntPredicate accepts, int[] found) {
    int count = 0;
    int index = IdTrie.nearest(sorted, target);
    while (index >= 0 && count < found.length) {
      if (accepts.test(index)) {
        found[count++] = index;
      }
      index = IdTrie.next(sorted, target, index);
    }
    return count;
  }

  private static void append(
      List<Contact> bucket, PeerId target, int limit, List<Contact> nearest) {
    bucket.stream()
        .sorted(Comparator.comparing(Contact::id, target::compareDistance))
        .limit(limit - nearest.size())
        .forEach(nearest::add);
  }
}
