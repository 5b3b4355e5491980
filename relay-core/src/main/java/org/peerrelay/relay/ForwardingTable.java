package org.peerrelay.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.MessageKind;
import org.peerrelay.routing.ClosestPeers;

/**
 * Where to send datagrams for targets that have no link here: an immutable snapshot of the links,
 * those to relays apart from those to leaves.
 *
 * <p>A relay inside that is not in the control plane's table (yet) is in none of its parts: it is
 * neither a way to others nor a relay outside, behind which anybody may be.
 *
 * <p>Relays come first whatever their distance. A leaf with an id near the target knows no more of
 * the target than any other leaf, and on a relay with a thousand leaves one of them always is
 * nearer.
 */
final class ForwardingTable {
  static final ForwardingTable EMPTY = new ForwardingTable(List.of());

  /** In any order. */
  private final List<Link> connectableLeaves;

  /** The same, made when somebody asks for them: who knows enough relays does not. */
  private volatile @Nullable Tier sortedLeaves;

  private final Tier relays;
  private final InsideRelays insideRelays;
  private final Choice forOwn;
  private final Choice forOthers;
  private final Choice forOwnInBinary;
  private final Choice forOthersInBinary;

  ForwardingTable(Collection<Link> links) {
    this.relays = Tier.of(links, Link::isWay);
    this.connectableLeaves =
        List.copyOf(
            chosen(links, link -> !link.relays() && link.reach() != Link.Reach.UNCONNECTABLE));
    this.insideRelays = InsideRelays.of(links);
    Tier outsideRelays = relays.outside();
    Tier legacyLeaves =
        Tier.of(links, link -> !link.relays() && link.format() == LinkFormat.LEGACY);
    this.forOwn = new Choice(relays, legacyLeaves);
    this.forOthers = new Choice(outsideRelays, legacyLeaves);
    this.forOwnInBinary = forOwn.inBinary();
    this.forOthersInBinary = forOthers.inBinary();
  }

  /** Where datagrams of this node's own may go. */
  Choice forOwn(MessageKind kind) {
    return LinkFormat.LEGACY.has(kind) ? forOwn : forOwnInBinary;
  }

  /** Where datagrams of others may go in the hope that somebody there knows the target. */
  Choice forOthers(MessageKind kind) {
    return LinkFormat.LEGACY.has(kind) ? forOthers : forOthersInBinary;
  }

  /**
   * The link to a relay inside that {@code attempt} takes towards {@code target}: one that is
   * nearer to it than {@code self}, or null where the way ends. Every hop brings a datagram nearer,
   * so none comes round.
   *
   * @param first whether the datagram has met no relay inside before
   */
  @Nullable Link nearer(PeerId target, PeerId self, int attempt, boolean first) {
    int skipped = Attempts.skipped(attempt, first);
    return insideRelays.nearer(target, self, skipped, Attempts.evaded(attempt));
  }

  /**
   * As {@link #nearer}, towards a relay: that is where the way is to end, so if fewer groups are
   * nearer than are to be skipped, the last of them is taken.
   */
  @Nullable Link nearerToRelay(PeerId relay, PeerId self, int attempt, boolean first) {
    return insideRelays.nearer(relay, self, Attempts.skipped(attempt, first), 0);
  }

  /**
   * Whether {@code self} is among the relays that are to hold the pointer of {@code peer}, as far
   * as is known here: those where the way of {@code attempt} ends, and the copies around.
   */
  boolean isHolder(PeerId peer, PeerId self, int attempt, int copies) {
    int others = copies + Attempts.evaded(attempt);
    return insideRelays.nearer(peer, self, others, others) == null;
  }

  /** Whether there is a link to a relay that is not inside, behind which anybody may be. */
  boolean hasOutsideRelay() {
    return !forOthers.relays.isEmpty();
  }

  /** Of each address group the nearest link inside, the nearest groups first. */
  List<Link> nearestInside(PeerId target, int count) {
    return insideRelays.nearest(target, count);
  }

  /**
   * Over which of its protocol 2 links a node that is no relay itself makes an attempt: over each
   * in turn, the nearest to {@code target} first; null if it has none.
   */
  @Nullable Link own(PeerId target, int attempt) {
    Tier links = forOwnInBinary.relays;
    return links.isEmpty() ? null : links.at(target, attempt % links.size());
  }

  /** Links to choose from, the relays first. */
  record Choice(Tier relays, Tier leaves) {
    /**
     * The next link towards {@code target}: the nearest relay, or for want of one the nearest leaf,
     * that is neither on {@code path} nor {@code except}; null if there is none.
     */
    @Nullable Link nearest(PeerId target, List<PeerId> path, @Nullable Link except) {
      Predicate<Link> fits = fits(path, except);
      Link relay = relays.nearest(target, fits);
      return relay != null ? relay : leaves.nearest(target, fits);
    }

    /** As {@link #nearest}, but relays only. */
    @Nullable Link nearestRelay(PeerId target, List<PeerId> path) {
      return relays.nearest(target, fits(path, null));
    }

    /** Those of them that speak protocol 2, for kinds that the legacy format does not have. */
    Choice inBinary() {
      Tier binaryRelays = relays.inBinary();
      Tier binaryLeaves = leaves.inBinary();
      boolean all = binaryRelays == relays && binaryLeaves == leaves;
      return all ? this : new Choice(binaryRelays, binaryLeaves);
    }

    private static Predicate<Link> fits(List<PeerId> path, @Nullable Link except) {
      return link -> link != except && !path.contains(link.peer());
    }
  }

  List<Link> nearestRelays(PeerId target, int count) {
    return relays.nearest(target, count);
  }

  List<Link> nearestConnectableLeaves(PeerId target, int count) {
    Tier leaves = sortedLeaves;
    if (leaves == null) {
      leaves = Tier.of(connectableLeaves, leaf -> true);
      sortedLeaves = leaves;
    }
    return leaves.nearest(target, count);
  }

  private static List<Link> chosen(Collection<Link> all, Predicate<Link> which) {
    List<Link> chosen = new ArrayList<>();
    for (Link link : all) {
      if (which.test(link)) {
        chosen.add(link);
      }
    }
    return chosen;
  }

  /** Links in the order of their ids: an implicit binary trie. */
  static final class Tier {
    /** Most tiers of a leaf are empty. */
    private static final Tier NONE = new Tier(new Link[0], new PeerId[0]);

    private final Link[] links;
    private final PeerId[] ids;

    private Tier(Link[] links, PeerId[] ids) {
      this.links = links;
      this.ids = ids;
    }

    static Tier of(Collection<Link> all, Predicate<Link> which) {
      List<Link> chosen = chosen(all, which);
      if (chosen.isEmpty()) {
        return NONE;
      }
      chosen.sort(Comparator.comparing(Link::peer));
      Link[] links = chosen.toArray(Link[]::new);
      PeerId[] ids = new PeerId[links.length];
      for (int i = 0; i < links.length; i++) {
        ids[i] = links[i].peer();
      }
      return new Tier(links, ids);
    }

    /** The relays of this tier that are not inside: the tier itself if all are. */
    Tier outside() {
      for (Link link : links) {
        if (link.inside()) {
          return of(List.of(links), each -> !each.inside());
        }
      }
      return this;
    }

    Tier inBinary() {
      for (Link link : links) {
        if (link.format() != LinkFormat.BINARY) {
          return of(List.of(links), each -> each.format() == LinkFormat.BINARY);
        }
      }
      return this;
    }

    boolean isEmpty() {
      return links.length == 0;
    }

    int size() {
      return links.length;
    }

    /** The link that has {@code rank} nearer to {@code target} than itself; there must be one. */
    Link at(PeerId target, int rank) {
      int index = ClosestPeers.nearestIndex(ids, target, i -> true);
      for (int i = 0; i < rank; i++) {
        index = ClosestPeers.nextIndex(ids, target, index);
      }
      return links[index];
    }

    @Nullable Link nearest(PeerId target, Predicate<Link> fits) {
      int index = ClosestPeers.nearestIndex(ids, target, i -> fits.test(links[i]));
      return index < 0 ? null : links[index];
    }

    List<Link> nearest(PeerId target, int count) {
      int[] indexes = new int[Math.min(count, links.length)];
      int found = ClosestPeers.nearestIndexes(ids, target, i -> true, indexes);
      return Arrays.stream(indexes, 0, found).mapToObj(i -> links[i]).toList();
    }
  }
}
