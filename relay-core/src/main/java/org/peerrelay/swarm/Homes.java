package org.peerrelay.swarm;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * The relays that can be the home of this node, in the order in which they were linked: the one
 * linked longest ago is the likeliest to stay. Owned by {@link JoinedSwarms}.
 */
final class Homes {
  private final Set<PeerId> relays = new LinkedHashSet<>();

  void add(PeerId relay) {
    relays.add(relay);
  }

  void remove(PeerId relay) {
    relays.remove(relay);
  }

  /** The one linked longest ago; null if there is none. */
  @Nullable PeerId first() {
    return relays.isEmpty() ? null : relays.iterator().next();
  }

  /** The one that comes after {@code home} in turn, which is that itself if it is the only one. */
  @Nullable PeerId after(PeerId home) {
    boolean found = false;
    for (PeerId relay : relays) {
      if (found) {
        return relay;
      }
      found = relay.equals(home);
    }
    return first();
  }
}
