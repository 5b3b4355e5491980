package org.peerrelay.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.routing.AddressGroup;

/**
 * The networks that a leaf's relays are in, each of which shall have one link, so that no one
 * network can cut the leaf off. A second link into one network is kept only while all links are
 * into that one, and a third is not. What is in no network is not limited.
 */
final class Networks {
  private static final int MAX_ALONE = 2;

  private final Map<AddressGroup, Integer> links = new HashMap<>();
  private boolean elsewhere;

  /** There is a link into {@code group}, or one that is in no network. */
  void add(@Nullable AddressGroup group) {
    if (group == null) {
      elsewhere = true;
    } else {
      links.merge(group, 1, Integer::sum);
    }
  }

  /**
   * Whether another link into {@code group} would be kept.
   *
   * @param more whether links are to come, which may well be into other networks
   */
  boolean hasRoom(@Nullable AddressGroup group, boolean more) {
    int count = count(group);
    return count == 0 || (!more && count < most());
  }

  /** As {@link #hasRoom}; if there is, there is such a link from now on. */
  boolean take(@Nullable AddressGroup group, boolean more) {
    boolean room = hasRoom(group, more);
    if (room && group != null) {
      add(group);
    }
    return room;
  }

  private int count(@Nullable AddressGroup group) {
    return group == null ? 0 : links.getOrDefault(group, 0);
  }

  private int most() {
    return elsewhere || links.size() > 1 ? 1 : MAX_ALONE;
  }

  /**
   * The youngest of a leaf's links with relays that is one too many in its network, and that nobody
   * has asked for; null if there is none.
   */
  static @Nullable Neighbour surplus(List<Neighbour> relays) {
    Networks all = new Networks();
    relays.forEach(relay -> all.add(relay.link.group()));
    return relays.stream()
        .filter(relay -> all.count(relay.link.group()) > all.most() && !relay.isAskedFor())
        .max(Neighbour.BY_AGE)
        .orElse(null);
  }
}
