package org.peerrelay.overlay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Router;

/** Whom a node names to a peer that looks for others to link with. Owned by the overlay. */
final class Referrals {
  private final Router router;
  private final Neighbours neighbours;
  private final Strangers strangers;

  Referrals(Router router, Neighbours neighbours, Strangers strangers) {
    this.router = router;
    this.neighbours = neighbours;
    this.strangers = strangers;
  }

  /**
   * Whom {@code asker} should try to link with in order to get near to {@code target}: the relays
   * first, then others with a link here that have not said that they cannot be reached, then
   * strangers. Not those in protocol 2, where an offer reaches only who is linked with the relay
   * that has named it. An npm peer wastes one of its 15 links on each that never answers. A relay
   * inside is told of others in the table, and of nobody else.
   */
  List<PeerId> closestTo(PeerId target, PeerId asker) {
    Link link = neighbours.link(asker);
    if (link != null && link.inside()) {
      return router.nearestInside(target, Message.MAX_FOUND_PEERS + 1).stream()
          .map(Link::peer)
          .filter(peer -> !peer.equals(asker))
          .limit(Message.MAX_FOUND_PEERS)
          .toList();
    }
    Set<PeerId> found = new LinkedHashSet<>();
    // One more than are named: the asker may be among them.
    router
        .nearestRelays(target, Message.MAX_FOUND_PEERS + 1)
        .forEach(near -> found.add(near.peer()));
    if (found.size() <= Message.MAX_FOUND_PEERS) {
      router
          .nearestConnectableLeaves(target, Message.MAX_FOUND_PEERS)
          .forEach(near -> found.add(near.peer()));
    }
    if (link == null || link.format() == LinkFormat.LEGACY) {
      found.addAll(strangers.nearest(target, Message.MAX_FOUND_PEERS, peer -> true));
    }
    found.remove(asker);
    return found.stream().limit(Message.MAX_FOUND_PEERS).sorted(target::compareDistance).toList();
  }
}
