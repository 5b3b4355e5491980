package org.peerrelay.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.AddressGroup;
import org.peerrelay.routing.ClosestPeers;

/**
 * The links to relays in the table, by address group, in an immutable snapshot. A group counts as
 * one relay, its nearest; a link without a group is a group of its own.
 */
final class InsideRelays {
  /** A leaf has none. */
  private static final InsideRelays NONE = new InsideRelays(List.of());

  private final Link[] links;
  private final PeerId[] ids;

  /** For each link the sorted ids of its group; null for one that is alone in it. */
  private final PeerId[] @Nullable [] groups;

  static InsideRelays of(Collection<Link> all) {
    List<Link> inTable = new ArrayList<>();
    for (Link link : all) {
      if (link.inTable()) {
        inTable.add(link);
      }
    }
    inTable.sort(Comparator.comparing(Link::peer));
    return inTable.isEmpty() ? NONE : new InsideRelays(inTable);
  }

  /** Of links in the order of their ids. */
  private InsideRelays(List<Link> links) {
    this.links = links.toArray(Link[]::new);
    this.ids = links.stream().map(Link::peer).toArray(PeerId[]::new);
    Map<AddressGroup, PeerId[]> shared = shared();
    this.groups =
        links.stream()
            .map(link -> link.group() == null ? null : shared.get(link.group()))
            .toArray(PeerId[][]::new);
  }

  private Map<AddressGroup, PeerId[]> shared() {
    Map<AddressGroup, List<PeerId>> members = new HashMap<>();
    for (Link link : links) {
      AddressGroup group = link.group();
      if (group != null) {
        members.computeIfAbsent(group, any -> new ArrayList<>()).add(link.peer());
      }
    }
    Map<AddressGroup, PeerId[]> shared = new HashMap<>();
    members.forEach(
        (group, peers) -> {
          if (peers.size() > 1) {
            shared.put(group, peers.toArray(PeerId[]::new));
          }
        });
    return shared;
  }

  /**
   * Of the groups that are nearer to {@code goal} than {@code self}, the nearest link of the one
   * after {@code skipped} others, or of the last if there are fewer; null if there are no more than
   * {@code evaded}. Looks at no more links than it skips, and allocates nothing.
   */
  @Nullable Link nearer(PeerId goal, PeerId self, int skipped, int evaded) {
    Link last = null;
    int passed = 0;
    int index = ClosestPeers.nearestIndex(ids, goal, i -> true);
    while (index >= 0 && goal.compareDistance(ids[index], self) < 0) {
      if (isFirstOfGroup(index, goal)) {
        last = links[index];
        passed++;
      }
      index = passed > skipped ? -1 : ClosestPeers.nextIndex(ids, goal, index);
    }
    return passed > evaded ? last : null;
  }

  private boolean isFirstOfGroup(int index, PeerId goal) {
    PeerId[] group = groups[index];
    return group == null
        || group[ClosestPeers.nearestIndex(group, goal, i -> true)].equals(ids[index]);
  }

  /** The links of up to {@code count} groups, the nearest to {@code target} first. */
  List<Link> nearest(PeerId target, int count) {
    int[] indexes = new int[Math.min(count, links.length)];
    int found = ClosestPeers.nearestIndexes(ids, target, i -> isFirstOfGroup(i, target), indexes);
    return Arrays.stream(indexes, 0, found).mapToObj(i -> links[i]).toList();
  }
}
