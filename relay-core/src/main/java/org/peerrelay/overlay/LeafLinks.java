package org.peerrelay.overlay;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.IdMap;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.routing.AddressGroup;

/**
 * Which links with relays a leaf makes, takes and keeps: {@link OverlayConfig#relayLinks()} of
 * them, in different {@link Networks}. Those that the operator or the application asked for are
 * kept whatever else there is. Owned by {@link RelayLinks}; to a relay it sets no limit.
 */
final class LeafLinks {
  /** A link that is one too many, and why. */
  record Surplus(Link link, CloseReason reason) {}

  private final boolean unlimited;
  private final int maxLinks;
  private final int maxGroups;
  private final Neighbours neighbours;
  private final Bootstraps bootstraps;
  private final Handshakes handshakes;
  private final KnownRelays known;
  private final LinksToCome toCome;

  /** In which networks relays are that were met, or have said where; the latest last. */
  private final Map<PeerId, AddressGroup> groups = new IdMap<>();

  LeafLinks(
      OverlayConfig config,
      boolean relays,
      Neighbours neighbours,
      Bootstraps bootstraps,
      Handshakes handshakes,
      KnownRelays known,
      LinksToCome toCome) {
    this.unlimited = relays;
    this.maxLinks = config.relayLinks();
    this.maxGroups = config.known().maxRelays();
    this.neighbours = neighbours;
    this.bootstraps = bootstraps;
    this.handshakes = handshakes;
    this.known = known;
    this.toCome = toCome;
  }

  /** A link has been made. */
  void onMet(Link link) {
    learn(link.peer(), link.group());
  }

  private void learn(PeerId peer, @Nullable AddressGroup group) {
    if (group != null && !unlimited) {
      groups.remove(peer);
      groups.put(peer, group);
      if (groups.size() > maxGroups) {
        groups.remove(groups.keySet().iterator().next());
      }
    }
  }

  /** Null where it is not known, or in no network. */
  private @Nullable AddressGroup groupOf(PeerId peer) {
    AddressGroup group = groups.get(peer);
    String url = known.url(peer);
    return group == null && url != null ? AddressGroup.ofUrl(url) : group;
  }

  /**
   * With whom to make links, of candidates that are asked about one after the other: with those
   * whose networks, as far as these are known, have no link and are given none before.
   */
  Predicate<PeerId> choice() {
    if (unlimited) {
      return candidate -> true;
    }
    Networks networks = networks();
    boolean more = toCome.count() > 0;
    return candidate -> networks.take(groupOf(candidate), more);
  }

  /** With whom no link would be made as long as the links are those that there are. */
  Predicate<PeerId> hopeless() {
    if (unlimited) {
      return candidate -> false;
    }
    Networks networks = linkedNetworks();
    return candidate -> !networks.hasRoom(groupOf(candidate), false);
  }

  /** Tells whether to dial {@code url}, with which {@code peer} answers an offer. */
  boolean dials(PeerId peer, String url) {
    if (unlimited || handshakes.isWanted(peer) || !handshakes.awaitsAnswer(peer)) {
      return true;
    }
    AddressGroup group = AddressGroup.ofUrl(url);
    learn(peer, group);
    // The offer to this peer is one of those that are to come.
    return !bootstraps.has(url) && networks().hasRoom(group, toCome.count() > 1);
  }

  /** Why a new link that nobody has asked for is not taken; null if it is. */
  @Nullable CloseReason refusal(Link link) {
    if (unlimited || !counts(link) || neighbours.has(link.peer())) {
      return null;
    }
    if (linked().size() >= maxLinks) {
      return CloseReason.SURPLUS;
    }
    boolean room = networks().hasRoom(link.group(), toCome.count() > 0);
    return room ? null : CloseReason.SAME_NETWORK;
  }

  /** The youngest link that is one too many, and that nobody has asked for; null if none is. */
  @Nullable Surplus surplus() {
    if (unlimited) {
      return null;
    }
    List<Neighbour> linked = linked();
    Neighbour twice = Networks.surplus(linked);
    if (twice != null) {
      return new Surplus(twice.link, CloseReason.SAME_NETWORK);
    }
    return linked.stream()
        .filter(relay -> linked.size() > maxLinks && !relay.isAskedFor())
        .max(Neighbour.BY_AGE)
        .map(relay -> new Surplus(relay.link, CloseReason.SURPLUS))
        .orElse(null);
  }

  /** Where links are, and are being made, as far as that is known. */
  private Networks networks() {
    Networks networks = linkedNetworks();
    for (String url : toCome.urls()) {
      AddressGroup group = AddressGroup.ofUrl(url);
      if (group != null) {
        networks.add(group);
      }
    }
    return networks;
  }

  private Networks linkedNetworks() {
    Networks networks = new Networks();
    linked().forEach(relay -> networks.add(relay.link.group()));
    return networks;
  }

  private List<Neighbour> linked() {
    return neighbours.all().stream()
        .filter(neighbour -> counts(neighbour.link) && !neighbour.isLeaving())
        .toList();
  }

  /**
   * Those inside are the business of the table of a relay. Legacy ones are never one too many: who
   * leaves one cannot tell others that he is no longer there.
   */
  private static boolean counts(Link link) {
    return link.relays() && !link.inside() && link.format() == LinkFormat.BINARY;
  }
}
