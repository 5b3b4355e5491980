package org.peerrelay.routing;

import org.peerrelay.id.PeerId;

/**
 * Walks through sorted ids in the order of their XOR distance from a target.
 *
 * <p>Ids that share a prefix stand side by side in a sorted array, so the array is a binary trie
 * without nodes: a subtrie is a range of indexes. At every fork the branch that has the target's
 * bit is nearer than the other, as a whole. The walk is therefore depth first, the target's branch
 * first, and where it stands follows from the last index alone: no stack, no allocation.
 */
final class IdTrie {
  private IdTrie() {}

  /**
   * The index of the id nearest to {@code target}; -1 if {@code sorted} is empty.
   *
   * <ol>
   *   <li>Find where the target would stand. The id that shares most bits with it is one of the two
   *       beside that place.
   *   <li>All ids that share as many are next to that one, in a subtrie that the target is not in.
   *       Descend into it.
   * </ol>
   */
  static int nearest(PeerId[] sorted, PeerId target) {
    int after = lowerBound(sorted, target);
    int before = after - 1;
    int bitsBefore = before < 0 ? -1 : target.commonPrefixBits(sorted[before]);
    int bitsAfter = after == sorted.length ? -1 : target.commonPrefixBits(sorted[after]);
    if (bitsBefore > bitsAfter) {
      return descend(sorted, target, farthestSharing(sorted, before, -1, bitsBefore), before);
    }
    return bitsAfter < 0
        ? -1
        : descend(sorted, target, after, farthestSharing(sorted, after, 1, bitsAfter));
  }

  /**
   * The index of the id that comes next in distance from {@code target} after the id at {@code
   * index}; -1 if that is the farthest.
   *
   * <ol>
   *   <li>Begin with the id as a subtrie of its own, from first to last.
   *   <li>Its parent forks at the bit up to which a neighbour outside shares most; that neighbour
   *       is the near end of the sibling.
   *   <li>If the sibling has the target's bit, it has been walked through: go on from the parent.
   *   <li>Else it comes next: descend into it.
   * </ol>
   */
  static int next(PeerId[] sorted, PeerId target, int index) {
    int first = index;
    int last = index;
    while (first > 0 || last < sorted.length - 1) {
      int bitsBefore = first == 0 ? -1 : sorted[first].commonPrefixBits(sorted[first - 1]);
      int bitsAfter =
          last == sorted.length - 1 ? -1 : sorted[last].commonPrefixBits(sorted[last + 1]);
      if (bitsBefore > bitsAfter) {
        int start = farthestSharing(sorted, first - 1, -1, bitsBefore);
        if (target.bitAt(bitsBefore)) {
          return descend(sorted, target, start, first - 1);
        }
        first = start;
      } else {
        int end = farthestSharing(sorted, last + 1, 1, bitsAfter);
        if (!target.bitAt(bitsAfter)) {
          return descend(sorted, target, last + 1, end);
        }
        last = end;
      }
    }
    return -1;
  }

  /**
   * The nearest id in the subtrie from {@code first} to {@code last}: takes the target's branch.
   */
  private static int descend(PeerId[] sorted, PeerId target, int first, int last) {
    while (first < last) {
      int fork = sorted[first].commonPrefixBits(sorted[last]);
      int lastOfZero = farthestSharing(sorted, first, 1, fork + 1);
      if (target.bitAt(fork)) {
        first = lastOfZero + 1;
      } else {
        last = lastOfZero;
      }
    }
    return first;
  }

  /**
   * The last index from {@code from} in {@code direction} (1 or -1) whose id shares {@code bits}
   * bits with the id at {@code from}. Looks 1, 2, 4 … ahead and then halves, so that it costs the
   * logarithm of the way, not of the array.
   */
  private static int farthestSharing(PeerId[] sorted, int from, int direction, int bits) {
    PeerId id = sorted[from];
    int room = direction > 0 ? sorted.length - 1 - from : from;
    int sharing = 0;
    int step = 1;
    while (sharing + step <= room
        && id.commonPrefixBits(sorted[from + direction * (sharing + step)]) >= bits) {
      sharing += step;
      step *= 2;
    }
    for (step /= 2; step > 0; step /= 2) {
      if (sharing + step <= room
          && id.commonPrefixBits(sorted[from + direction * (sharing + step)]) >= bits) {
        sharing += step;
      }
    }
    return from + direction * sharing;
  }

  /** The first index whose id is not less than {@code target}. */
  private static int lowerBound(PeerId[] sorted, PeerId target) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].compareTo(target) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
