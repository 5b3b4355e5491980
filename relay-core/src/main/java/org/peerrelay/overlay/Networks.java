package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.routing.AddressGroup;

/**
 * Keeps a leaf's relays in different networks, so that no one network can cut it off. A second link
 * into one network is kept only while all links are into that one, and a third is not. Links that
 * the operator or the application asked for are kept, and so are those that are in no network, and
 * legacy ones: whoever leaves such a link cannot tell the others that he is no longer there.
 */
final class Networks {
  private static final int MAX_ALONE = 2;

  private Networks() {}

  /** A link that is one too many; null if there is none. */
  static @Nullable Link surplus(Collection<Neighbour> neighbours) {
    Map<AddressGroup, List<Neighbour>> byGroup = new HashMap<>();
    boolean elsewhere = false;
    for (Neighbour neighbour : neighbours) {
      AddressGroup group = neighbour.link.group();
      if (group != null && isProven(neighbour.link)) {
        byGroup.computeIfAbsent(group, unseen -> new ArrayList<>()).add(neighbour);
      }
      elsewhere |= group == null && isProven(neighbour.link);
    }
    int max = elsewhere || byGroup.size() > 1 ? 1 : MAX_ALONE;
    return byGroup.values().stream()
        .filter(group -> group.size() > max)
        .flatMap(List::stream)
        .filter(neighbour -> !neighbour.isAskedFor())
        .max((a, b) -> Long.signum(a.sinceNs - b.sinceNs))
        .map(neighbour -> neighbour.link)
        .orElse(null);
  }

  private static boolean isProven(Link link) {
    return link.relays() && link.format() == LinkFormat.BINARY;
  }
}
