package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;

/**
 * The accepted links, one per id, and whether they live. Owned by the overlay.
 *
 * <p>When a second link claims an id that is linked:
 *
 * <ol>
 *   <li>Of two proven links that the two ends dialed to each other at once, both ends keep the one
 *       that the smaller id dialed.
 *   <li>A link that has proven the id takes it from one that has not, and from an older one that
 *       has: whoever has the key knows best which of its links is good. Two that take it from one
 *       another in quick succession are slowed down: the second has to come again.
 *   <li>A legacy link never takes an id that has been proven here, linked or not.
 *   <li>If one of the two was dialed from here and the other came in, within moments of each other,
 *       they crossed. If the neighbour has our id on both, it may have decided for the other one:
 *       both are closed, and whoever has the URL dials again.
 *   <li>Else the first keeps the id: in the legacy protocol nobody proves an id, and a live link is
 *       the best claim there is. It is pinged and must answer soon, so that a peer whose old link
 *       died in silence gets its id back.
 * </ol>
 */
final class Neighbours {
  /** What is to be done with a new link. */
  enum Claim {
    /** Nobody else holds the id. */
    ACCEPTED,
    /** The holder keeps it. */
    REFUSED,
    /** The holder loses it to the new link. */
    REPLACES,
    /** Nobody gets it for now. */
    CROSSED
  }

  private final PeerId self;
  private final OverlayConfig config;
  private final Effects effects;
  private final Map<PeerId, Neighbour> byId = new IdMap<>();

  /**
   * Those of them in the legacy format, which may turn out to be relays at any time; null at first.
   */
  private @Nullable Set<Link> legacy;

  /** How many of the others are relays: they have said so before they are accepted. */
  private int binaryRelays;

  /** Ids that have been proven here; the longest ago are forgotten. */
  private final RecentIds proven;

  Neighbours(PeerId self, OverlayConfig config, Effects effects) {
    this.self = self;
    this.config = config;
    this.effects = effects;
    this.proven = new RecentIds(config.maxProven());
  }

  boolean has(PeerId peer) {
    return byId.containsKey(peer);
  }

  @Nullable Link link(PeerId peer) {
    Neighbour neighbour = byId.get(peer);
    return neighbour == null ? null : neighbour.link;
  }

  /** The operator or the application wants the link with {@code peer}. */
  void askFor(PeerId peer) {
    Neighbour neighbour = byId.get(peer);
    if (neighbour != null) {
      neighbour.askFor();
    }
  }

  /** {@code link} is being closed from here. */
  void leave(Link link) {
    Neighbour holder = holder(link);
    if (holder != null) {
      holder.leave();
    }
  }

  /** Whether {@code link} is being closed from here. */
  boolean isLeaving(Link link) {
    Neighbour holder = holder(link);
    return holder != null && holder.isLeaving();
  }

  /** The other end of {@code link} goes down soon; tells whether that is news. */
  boolean goDown(Link link) {
    Neighbour holder = holder(link);
    boolean news = holder != null && !holder.isGoingDown();
    if (holder != null) {
      holder.goDown();
    }
    return news;
  }

  /** The links that can be left because their other ends go down soon: another relay stays. */
  List<Link> replaced() {
    boolean anotherStays =
        byId.values().stream()
            .anyMatch(one -> one.link.relays() && !one.isLeaving() && !one.isGoingDown());
    return byId.values().stream()
        .filter(one -> anotherStays && one.isGoingDown() && !one.isLeaving())
        .map(one -> one.link)
        .toList();
  }

  private @Nullable Neighbour holder(Link link) {
    Neighbour holder = byId.get(link.peer());
    return holder == null || holder.link != link ? null : holder;
  }

  /** All of them. */
  Collection<Neighbour> all() {
    return byId.values();
  }

  /** How many of them pass on datagrams of others. */
  int relays() {
    int count = binaryRelays;
    for (Link link : legacy == null ? Set.<Link>of() : legacy) {
      count += link.relays() ? 1 : 0;
    }
    return count;
  }

  /** Decides whose id it is; a link that gets it is among the neighbours from now on. */
  Claim claim(Link link, long nowNs) {
    Neighbour holder = byId.get(link.peer());
    Claim claim =
        link.format() == LinkFormat.BINARY
            ? claimWithProof(holder, link, nowNs)
            : claimWithoutProof(holder, link, nowNs);
    if (claim == Claim.ACCEPTED || claim == Claim.REPLACES) {
      Neighbour neighbour = new Neighbour(link, nowNs);
      if (holder != null) {
        count(holder.link, -1);
        if (holder.isAskedFor()) {
          neighbour.askFor();
        }
      }
      count(link, 1);
      byId.put(link.peer(), neighbour);
      if (link.format() == LinkFormat.BINARY) {
        proven.add(link.peer());
      }
    }
    return claim;
  }

  private void count(Link link, int change) {
    if (link.format() == LinkFormat.BINARY) {
      binaryRelays += link.relays() ? change : 0;
    } else {
      Set<Link> links = legacy == null ? new LinkedHashSet<>() : legacy;
      legacy = links;
      if (change > 0) {
        links.add(link);
      } else {
        links.remove(link);
      }
    }
  }

  private Claim claimWithProof(@Nullable Neighbour holder, Link link, long nowNs) {
    if (holder == null) {
      return Claim.ACCEPTED;
    }
    if (holder.link.format() == LinkFormat.LEGACY) {
      return Claim.REPLACES;
    }
    if (oneWasDialed(holder, link) && nowNs - holder.sinceNs < config.crossingNs()) {
      boolean smallerDialed = (link.dialedUrl() != null) == (self.compareTo(link.peer()) < 0);
      return smallerDialed ? Claim.REPLACES : Claim.REFUSED;
    }
    return nowNs - holder.sinceNs < config.replaceNs() ? Claim.REFUSED : Claim.REPLACES;
  }

  private static boolean oneWasDialed(Neighbour holder, Link link) {
    return (holder.link.dialedUrl() == null) != (link.dialedUrl() == null);
  }

  private Claim claimWithoutProof(@Nullable Neighbour holder, Link link, long nowNs) {
    if (proven.contains(link.peer())) {
      return Claim.REFUSED;
    }
    if (holder == null) {
      return Claim.ACCEPTED;
    }
    if (oneWasDialed(holder, link)
        && link.knowsUs()
        && nowNs - holder.sinceNs < config.crossingNs()) {
      return Claim.CROSSED;
    }
    if (holder.awaitsAnswer()) {
      holder.hurry(nowNs + config.probeNs());
    } else {
      effects.ping(holder.link);
      holder.onPing(nowNs, nowNs + config.probeNs());
    }
    return Claim.REFUSED;
  }

  /** Forgets a link that is down; tells whether it was the one that held its id. */
  boolean remove(Link link) {
    if (holder(link) == null) {
      return false;
    }
    byId.remove(link.peer());
    count(link, -1);
    return true;
  }

  /** Pings the quiet links and returns those that have been silent for too long. */
  List<Link> onTick(long nowNs) {
    List<Link> dead = new ArrayList<>();
    for (Neighbour neighbour : byId.values()) {
      long quietNs = nowNs - neighbour.link.lastHeardNs();
      if (neighbour.overdue(nowNs)) {
        dead.add(neighbour.link);
      } else if (quietNs >= pingAfterNs(neighbour.link) && !neighbour.awaitsAnswer()) {
        effects.ping(neighbour.link);
        neighbour.onPing(nowNs, answerByNs(neighbour.link, nowNs));
      }
    }
    return dead;
  }

  /**
   * This node has stood still: what has come meanwhile is not read yet, and answers may be in it.
   * So whoever owes one is pinged again, and has all the time for it; but once only, lest a node
   * that is always late keep the dead for ever.
   */
  void onStandstill(long nowNs) {
    for (Neighbour neighbour : byId.values()) {
      if (neighbour.awaitsAnswer() && !neighbour.isPingedAgain()) {
        effects.ping(neighbour.link);
        neighbour.onPingAgain(answerByNs(neighbour.link, nowNs));
      }
    }
  }

  private long answerByNs(Link link, long nowNs) {
    return nowNs + deadAfterNs(link) - pingAfterNs(link);
  }

  private long pingAfterNs(Link link) {
    return isRelay(link) ? config.table().pingAfterNs() : config.pingAfterNs();
  }

  private long deadAfterNs(Link link) {
    return isRelay(link) ? config.table().deadAfterNs() : config.deadAfterNs();
  }

  private static boolean isRelay(Link link) {
    return link.relays() && link.format() == LinkFormat.BINARY;
  }
}
