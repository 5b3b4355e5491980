package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.overlay.Handovers.Handover;
import org.peerrelay.relay.Attempts;
import org.peerrelay.relay.IdMap;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.PointerTable;
import org.peerrelay.relay.Router;

/**
 * Tells the relays where peers are, and asks them. Owned by the overlay.
 *
 * <p>A peer's pointer goes from relay to relay, each nearer to the peer's id than the one before,
 * as datagrams to that id do. It is kept where no nearer relay is known, and copies of it at the
 * relays nearest to there. So a datagram for a peer that is attached elsewhere meets the pointer on
 * its way. A peer with a key signs its pointer; for a legacy peer its relay makes one.
 *
 * <p>It goes more than one way, as different attempts to reach the peer do: see {@link
 * PointerConfig#ways()}.
 */
final class Whereabouts {
  private final PeerId self;
  private final boolean relays;
  private final PointerConfig config;
  private final Router router;
  private final Effects effects;
  private final Predicate<Link> leaving;

  /** Pointers of the peers that are attached here, the longest ago published first. */
  private final IdMap<Attached> attached = new IdMap<>();

  private final Questions questions;

  private final Handovers handovers;

  /**
   * The neighbours that have sent this node's own datagrams back to it: its pointer names those.
   * For a node that is no relay.
   */
  private final List<PeerId> proven = new ArrayList<>();

  /** When this node, which is no relay, first said where it is; null before. */
  private @Nullable Long sinceNs;

  /**
   * A pointer of a peer that is attached here.
   *
   * @param madeNs when it was made here, or came from the peer
   * @param publishedNs when it was published, or, if that is the peer's to do, last due
   */
  private record Attached(Pointer pointer, long madeNs, long publishedNs) {
    Attached(Pointer pointer, long nowNs) {
      this(pointer, nowNs, nowNs);
    }

    int ageS(long nowNs) {
      return (int) TimeUnit.NANOSECONDS.toSeconds(nowNs - madeNs);
    }
  }

  /**
   * Knows of nobody yet.
   *
   * @param leaving which links are being closed from here
   */
  Whereabouts(
      PeerId self,
      boolean relays,
      PointerConfig config,
      Router router,
      Effects effects,
      Predicate<Link> leaving) {
    this.self = self;
    this.leaving = leaving;
    this.relays = relays;
    this.config = config;
    this.router = router;
    this.effects = effects;
    this.questions = new Questions(self, config, router, effects);
    this.handovers = new Handovers(config);
  }

  /** A neighbour has been linked. */
  void onLinked(Link link, long nowNs) {
    if (!relays) {
      return;
    }
    if (link.format() == LinkFormat.LEGACY) {
      publish(link.peer(), nowNs);
    } else if (link.relays() && !link.inside()) {
      if (isOutside()) {
        tellOutside(link.peer(), nowNs);
      } else {
        publish(link.peer(), nowNs);
      }
    }
  }

  /**
   * A datagram that this node has sent to itself has come back over {@code relay}. One that passes
   * nothing on would keep the pointer to himself, and lose what comes for this node.
   */
  void onEcho(PeerId relay, long nowNs) {
    Link link = router.link(relay);
    boolean stays = link != null && !leaving.test(link);
    if (!relays && stays && !proven.contains(relay)) {
      proven.add(relay);
      publishSelf(nowNs);
    }
  }

  /** A relay has its place in the table: pointers of peers that it is nearer to are its to keep. */
  void onAdmitted(Link link, long nowNs) {
    handOver(link.peer(), nowNs);
  }

  /**
   * A neighbour's link is gone. If it is at other relays too, what still comes for it here is sent
   * on to them: pointers that name this one are about for a while.
   */
  void onUnlinked(Link link, long nowNs) {
    handovers.forget(link.peer());
    Attached left = attached.remove(link.peer());
    if (relays && left != null && !left.pointer.relays().equals(List.of(self))) {
      router.pointers().hold(left.pointer, left.ageS(nowNs), nowNs);
    }
    if (proven.remove(link.peer())) {
      publishSelf(nowNs);
    }
  }

  /** A link is about to be closed from here: its relay is told as well where this node will be. */
  void onLeaving(Link link, long nowNs) {
    if (relays || link.format() != LinkFormat.BINARY) {
      return;
    }
    if (proven.remove(link.peer())) {
      publishSelf(nowNs);
    }
    Attached own = attached.get(self);
    if (own != null) {
      effects.send(link.peer(), new Message.Publish(own.pointer, false, 0));
    }
  }

  /** Tells its relays where this node is; it is no relay. */
  private void publishSelf(long nowNs) {
    List<PeerId> at =
        proven.stream().sorted(self::compareDistance).limit(Pointer.MAX_RELAYS).toList();
    attached.clear();
    if (!at.isEmpty()) {
      sinceNs = sinceNs == null ? nowNs : sinceNs;
      Pointer pointer = effects.pointer(self, at, config.lifetimeS());
      attached.put(self, new Attached(pointer, nowNs));
      at.forEach(relay -> effects.send(relay, new Message.Publish(pointer, false, 0)));
    }
  }

  /** Publishes that a peer that does not do so itself is at this relay. */
  private void publish(PeerId peer, long nowNs) {
    attach(effects.pointer(peer, List.of(self), config.lifetimeS()), nowNs);
  }

  private void attach(Pointer pointer, long nowNs) {
    // Behind all others, since the order is that in which they are due.
    attached.remove(pointer.peer());
    attached.put(pointer.peer(), new Attached(pointer, nowNs));
    spreadAllWays(pointer, nowNs);
    if (isOutside()) {
      tellRelays(pointer, 0, self);
    }
  }

  /** The ways are shared out among the relays that the pointer names, in its order. */
  private void spreadAllWays(Pointer pointer, long nowNs) {
    int place = pointer.relays().indexOf(self);
    for (int way = 0; way < config.ways().size(); way++) {
      if (way % pointer.relays().size() == place) {
        spread(pointer, 0, config.ways().get(way), true, nowNs);
      }
    }
  }

  /** Relays cannot ask one that is outside who is behind it. */
  private void tellRelays(Pointer pointer, int ageS, PeerId except) {
    for (Link relay : router.nearestRelays(self, router.pointerCopies())) {
      if (!relay.peer().equals(except)) {
        effects.send(relay.peer(), new Message.Publish(pointer, false, ageS));
      }
    }
  }

  /** Whether the other relays have to be told who is behind this one, since nobody asks it. */
  private boolean isOutside() {
    return router.nearestInside(self, 1).isEmpty();
  }

  /** A relay that is nearer to some peers than this one gets their pointers, a few at a time. */
  private void handOver(PeerId relay, long nowNs) {
    handOver(relay, peer -> isNearer(relay, peer), nowNs);
  }

  /** A relay gets all pointers, since it cannot ask: also of those who are behind others. */
  private void tellOutside(PeerId relay, long nowNs) {
    handOver(relay, peer -> !peer.equals(relay), nowNs);
  }

  private void handOver(PeerId relay, Predicate<PeerId> which, long nowNs) {
    List<PeerId> peers = new ArrayList<>();
    router
        .pointers()
        .held(peer -> which.test(peer) && !attached.containsKey(peer), nowNs)
        .forEach(pointer -> peers.add(pointer.peer()));
    attached.keySet().stream().filter(which).forEach(peers::add);
    handovers.begin(relay, peers, nowNs);
  }

  private void sendHandovers(long nowNs) {
    for (Handover next : handovers.due(nowNs)) {
      Pointer pointer = known(next.peer(), nowNs);
      if (pointer != null) {
        effects.send(next.relay(), new Message.Publish(pointer, false, ageS(next.peer(), nowNs)));
      }
    }
  }

  private int ageS(PeerId peer, long nowNs) {
    Attached here = attached.get(peer);
    return here == null ? router.pointers().ageS(peer, nowNs) : here.ageS(nowNs);
  }

  private boolean isNearer(PeerId relay, PeerId peer) {
    return peer.compareDistance(relay, self) < 0;
  }

  /** A pointer has come from a neighbour, as that attempt. */
  void onPublish(PeerId from, Message.Publish publish, int attempt, long nowNs) {
    Pointer pointer = publish.pointer();
    Link link = router.link(from);
    if (!relays || link == null || link.format() != LinkFormat.BINARY) {
      return;
    }
    boolean own = pointer.peer().equals(from);
    if (own && pointer.isSigned()) {
      attach(pointer, nowNs);
    } else if (!own && link.relays() && !link.inside()) {
      if (router.learnBehind(pointer.peer(), link, nowNs) && isOutside()) {
        tellRelays(pointer, publish.ageS(), from);
      }
    } else if (!own && link.inside()) {
      if (publish.copy()) {
        router.pointers().hold(pointer, publish.ageS(), nowNs);
      } else if (!correct(from, pointer, nowNs)) {
        spread(pointer, publish.ageS(), attempt, false, nowNs);
      }
    }
  }

  /**
   * A neighbour that passes on an older pointer than the one known here is given that. Two halves
   * of a network that were apart have pointers of their own, and the nearest relay of all may have
   * the later. Tells whether it was so.
   */
  private boolean correct(PeerId from, Pointer pointer, long nowNs) {
    Pointer later = known(pointer.peer(), nowNs);
    if (later == null || !later.isSigned() || !later.displaces(pointer)) {
      return false;
    }
    effects.send(from, new Message.Publish(later, true, ageS(pointer.peer(), nowNs)));
    return true;
  }

  /**
   * Passes a pointer on to a nearer relay, or keeps it and copies it where the way ends. Where that
   * is before the groups that the attempt evades, as many more copies reach those behind them.
   *
   * @param first whether the way begins here
   */
  private void spread(Pointer pointer, int ageS, int attempt, boolean first, long nowNs) {
    Link nearer = router.nearer(pointer.peer(), attempt, first);
    if (nearer != null) {
      effects.send(nearer.peer(), new Message.Publish(pointer, false, ageS), attempt);
    } else if (router.pointers().hold(pointer, ageS, nowNs)) {
      int copies = router.pointerCopies() + Attempts.evaded(attempt);
      for (Link relay : router.nearestInside(pointer.peer(), copies)) {
        effects.send(relay.peer(), new Message.Publish(pointer, true, ageS), attempt);
      }
    }
  }

  /** A relay asks where a peer is, as that attempt; it is answered, or asked on. */
  void onLocate(PeerId from, Message.Locate locate, int attempt, long nowNs) {
    Link link = router.link(from);
    if (link == null || !link.relays()) {
      return;
    }
    Pointer pointer = known(locate.target(), nowNs);
    boolean here = attached.containsKey(locate.target());
    if (pointer != null && (here || router.isHolder(locate.target(), attempt))) {
      effects.send(locate.asker(), new Message.Located(pointer), attempt);
      return;
    }
    Link nearer = router.nearer(locate.target(), attempt, false);
    if (nearer != null) {
      effects.send(nearer.peer(), locate, attempt);
    }
  }

  private @Nullable Pointer known(PeerId peer, long nowNs) {
    Attached here = attached.get(peer);
    return here != null ? here.pointer : router.pointers().held(peer, nowNs);
  }

  /** A relay has answered, the answer has come over {@code neighbour}. */
  void onLocated(PeerId neighbour, Message.Located located, long nowNs) {
    questions.onLocated(neighbour, located, nowNs);
  }

  /** {@code peer} was reached, or heard of, through a relay that is linked with it. */
  void onSeenAt(PeerId peer, PeerId relay, long nowNs) {
    Link link = router.link(relay);
    boolean news = relays && !peer.equals(relay) && router.link(peer) == null;
    if (news && link != null && link.relays() && link.format() == LinkFormat.BINARY) {
      PointerTable pointers = router.pointers();
      if (pointers.relayOf(peer, nowNs) == null) {
        // Issued at 0: whatever anybody has really issued displaces it.
        pointers.tell(new Pointer(peer, List.of(relay), 0, config.hintLifetimeS(), null), nowNs);
      }
    }
  }

  void onTick(long nowNs) {
    refresh(nowNs);
    sendHandovers(nowNs);
    if (relays) {
      publishDistant(nowNs);
      questions.onTick(nowNs);
    }
  }

  /**
   * How long a pointer counts as fresh. A node that has just come doubles its own one's age at each
   * time: where others have come with it, they have yet to find out who passes nothing on.
   */
  private long waitNs(Attached known) {
    return sinceNs == null
        ? config.refreshNs()
        : Math.min(
            config.refreshNs(), Math.max(config.firstRefreshNs(), known.publishedNs - sinceNs));
  }

  /** Publishes again what was published longest ago; whoever signs himself does that himself. */
  private void refresh(long nowNs) {
    Iterator<Map.Entry<PeerId, Attached>> oldest = attached.entrySet().iterator();
    int due = 0;
    while (due < config.perTick() && oldest.hasNext()) {
      Map.Entry<PeerId, Attached> next = oldest.next();
      if (nowNs - next.getValue().publishedNs < waitNs(next.getValue())) {
        break;
      }
      due++;
    }
    for (PeerId peer : attached.keySet().stream().limit(due).toList()) {
      Attached known = attached.remove(peer);
      if (peer.equals(self)) {
        publishSelf(nowNs);
      } else if (known != null && !known.pointer.isSigned()) {
        publish(peer, nowNs);
      } else if (known != null) {
        attached.put(peer, new Attached(known.pointer, known.madeNs, nowNs));
      }
    }
  }

  /** Peers behind a legacy link: they are not here, but from here there is a way to them. */
  private void publishDistant(long nowNs) {
    for (PeerId peer : router.takeDistant()) {
      if (router.link(peer) == null) {
        // Issued at 0: a relay that it is attached to knows better.
        Pointer here = new Pointer(peer, List.of(self), 0, config.lifetimeS(), null);
        spread(here, 0, Attempts.STRAIGHT, true, nowNs);
      }
    }
  }
}
