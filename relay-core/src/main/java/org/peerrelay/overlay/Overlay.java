package org.peerrelay.overlay;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Router;

/**
 * The control plane: which links there are, which there should be, and who is told of whom.
 *
 * <p>A state machine without I/O. It is told what happened and the time, and says through {@link
 * Effects} what to do. One thread, the control loop, owns it and everything in it; it also is the
 * only one that attaches links to the {@link Router} and detaches them.
 */
public final class Overlay {
  private final PeerId self;
  private final OverlayConfig config;
  private final Effects effects;
  private final Router router;
  private final RandomGenerator random;
  private final Bootstraps bootstraps;
  private final Neighbours neighbours;
  private final Handshakes handshakes;
  private final Strangers strangers;
  private final Whereabouts whereabouts;
  private final LinkProbes probes;
  private final RelayLinks relayLinks;
  private final Referrals referrals;

  /** For links with relays inside, which only a relay has: made for the first of them. */
  private @Nullable RelayTable table;

  private @Nullable Long refreshedNs;
  private boolean draining;
  private boolean closed;

  /** An overlay without links, of a node that nobody can dial. */
  public Overlay(
      PeerId self, OverlayConfig config, Router router, RandomGenerator random, Effects effects) {
    this.self = self;
    this.config = config;
    this.effects = effects;
    this.router = router;
    this.random = random;
    Backoff redial = new Backoff(config.redialMinNs(), config.redialMaxNs());
    this.bootstraps = new Bootstraps(redial, random);
    this.probes = new LinkProbes(self, config.probes(), router, random, effects);
    this.neighbours = new Neighbours(self, config, effects);
    this.handshakes = new Handshakes(self, config, effects);
    this.strangers = new Strangers(self, config);
    this.whereabouts =
        new Whereabouts(
            self, router.relays(), config.pointers(), router, effects, neighbours::isLeaving);
    this.relayLinks =
        new RelayLinks(
            self,
            config,
            router,
            random,
            effects,
            neighbours,
            bootstraps,
            handshakes,
            strangers,
            probes);
    this.referrals = new Referrals(router, neighbours, strangers);
  }

  /** Who is to be told of the answers to {@link Effects#probe}. */
  public LinkProbes probes() {
    return probes;
  }

  /** From now on tells those who ask that this node can be dialed at {@code url}. */
  public void advertise(String url) {
    handshakes.advertise(url);
  }

  /** Takes the relays that were known before a restart, as {@link #knownRelays} told them. */
  public void recall(List<KnownRelay> relays) {
    relayLinks.recall(relays);
  }

  /** The relays that this node has met, the one met longest ago first. */
  public List<KnownRelay> knownRelays() {
    return relayLinks.known();
  }

  /** Keeps a link to whoever is at {@code url}, from the next tick on and for ever. */
  public void bootstrap(String url, long nowNs) {
    bootstraps.add(url, nowNs);
  }

  /** Asks {@code peer} for a direct link; the effects tell what becomes of it. */
  public void connect(PeerId peer, long nowNs) {
    if (closed) {
      effects.connectFailed(peer, ConnectFailure.CLOSED);
    } else if (peer.equals(self)) {
      effects.connectFailed(peer, ConnectFailure.SELF);
    } else if (neighbours.has(peer)) {
      neighbours.askFor(peer);
    } else {
      handshakes.connect(peer, nowNs);
    }
  }

  /** Closes the link with {@code peer}, if there is one. A bootstrap URL will be dialed again. */
  public void disconnect(PeerId peer, long nowNs) {
    Link link = neighbours.link(peer);
    if (link != null) {
      close(link, CloseReason.DISCONNECTED, nowNs);
    }
  }

  /**
   * A link has been made and the ids exchanged. Tells whether it is accepted; if not, it is being
   * closed, and nothing may be read from it.
   */
  public boolean onLinkUp(Link link, long nowNs) {
    PeerId peer = link.peer();
    String url = link.dialedUrl();
    if (closed || draining) {
      effects.close(link, CloseReason.GOING_AWAY);
      return false;
    }
    if (peer.equals(self)) {
      return refuse(link, CloseReason.SELF, nowNs);
    }
    if (probes.isDistrusted(peer, nowNs) && neighbours.relays() > 0) {
      return refuse(link, CloseReason.NOT_FORWARDING, nowNs);
    }
    if (url != null) {
      bootstraps.onMet(url, peer, nowNs);
      relayLinks.onMet(link, nowNs);
    }
    if (link.inside() && !table().hasRoom(link, nowNs)) {
      effects.close(link, CloseReason.SURPLUS);
      return false;
    }
    boolean asked = handshakes.succeed(peer) || (url != null && bootstraps.has(url));
    CloseReason refusal = asked ? null : relayLinks.refusal(link, nowNs);
    if (refusal != null) {
      effects.close(link, refusal);
      return false;
    }
    boolean accepted = claim(link, nowNs);
    if (asked) {
      neighbours.askFor(peer);
    }
    if (accepted) {
      welcome(link, nowNs);
    }
    return accepted;
  }

  /** Closes a link, and counts the dial that has made it as failed. */
  private boolean refuse(Link link, CloseReason reason, long nowNs) {
    String url = link.dialedUrl();
    if (url != null) {
      bootstraps.onFailed(url, nowNs);
      relayLinks.onFailed(link.peer(), url, nowNs);
      fail(link.peer(), ConnectFailure.DIAL_FAILED, nowNs);
      relayLinks.fillUp(nowNs);
    }
    effects.close(link, reason);
    return false;
  }

  /** Tells whether {@code link} has got its id. */
  private boolean claim(Link link, long nowNs) {
    PeerId peer = link.peer();
    Link holder = neighbours.link(peer);
    switch (neighbours.claim(link, nowNs)) {
      case REFUSED -> {
        effects.close(link, CloseReason.DUPLICATE_ID);
        return false;
      }
      case CROSSED -> {
        effects.close(link, CloseReason.CROSSED);
        if (holder != null) {
          effects.close(holder, CloseReason.CROSSED);
        }
        return false;
      }
      case REPLACES -> {
        if (holder != null) {
          effects.close(holder, CloseReason.REPLACED);
          effects.unlinked(peer);
        }
      }
      case ACCEPTED -> {}
    }
    return true;
  }

  private void welcome(Link link, long nowNs) {
    router.attach(link);
    LeafLinks.Surplus surplus = relayLinks.surplus();
    if (surplus != null) {
      // So that it is not published any more.
      neighbours.leave(surplus.link());
    }
    strangers.forget(link.peer());
    effects.linked(link.peer());
    effects.send(link.peer(), new Message.FindPeers(relayLinks.wanted()));
    whereabouts.onLinked(link, nowNs);
    if (table != null) {
      table.onLinked(link, nowNs);
    }
    probes.onLinked(link, nowNs);
    leaveReplaced(nowNs);
    if (surplus != null) {
      leave(surplus.link(), surplus.reason(), nowNs);
    }
  }

  private RelayTable table() {
    RelayTable made = table;
    if (made == null) {
      made = new RelayTable(self, config, router, random, effects, handshakes, whereabouts, probes);
      table = made;
    }
    return made;
  }

  private void leave(Link link, CloseReason reason, long nowNs) {
    strangers.avoid(link.peer(), nowNs);
    if (table != null) {
      table.avoid(link.peer(), nowNs);
    }
    close(link, reason, nowNs);
  }

  /** Closes a link that has been accepted, after all who are to know have been told. */
  private void close(Link link, CloseReason reason, long nowNs) {
    neighbours.leave(link);
    whereabouts.onLeaving(link, nowNs);
    effects.close(link, reason);
  }

  /**
   * The other end of {@code link} goes down soon, and is not to be dialed for {@code delayNs}. A
   * leaf leaves it as soon as it has another relay; a relay stays, for what is still on its way.
   */
  public void onGoingDown(Link link, long delayNs, long nowNs) {
    if (closed || !neighbours.goDown(link)) {
      return;
    }
    strangers.avoid(link.peer(), delayNs, nowNs);
    bootstraps.pause(link.peer(), nowNs + delayNs);
    relayLinks.onGoingDown(nowNs);
    leaveReplaced(nowNs);
  }

  private void leaveReplaced(long nowNs) {
    if (!router.relays()) {
      neighbours.replaced().forEach(link -> close(link, CloseReason.DISCONNECTED, nowNs));
    }
  }

  /** A link is down, for whatever reason. */
  public void onLinkDown(Link link, long nowNs) {
    if (neighbours.remove(link)) {
      router.detach(link);
      whereabouts.onUnlinked(link, nowNs);
      if (table != null && !closed) {
        table.onUnlinked(link, nowNs);
      }
      String url = link.dialedUrl();
      if (url != null && table != null && table.isSettled()) {
        bootstraps.onSpared(url, config.table().bootstrapNs(), nowNs);
      } else if (url != null) {
        bootstraps.onLost(url, nowNs);
      }
      probes.onUnlinked(link);
      if (!closed) {
        relayLinks.onLost(link, nowNs);
      }
      effects.unlinked(link.peer());
    }
  }

  /**
   * A dial came to nothing.
   *
   * @param expected as it was given to {@link Effects#dial}
   */
  public void onDialFailed(
      String url, @Nullable PeerId expected, ConnectFailure failure, long nowNs) {
    if (expected == null) {
      bootstraps.onFailed(url, nowNs);
    } else {
      relayLinks.onFailed(expected, url, nowNs);
      fail(expected, failure, nowNs);
    }
    if (!closed) {
      relayLinks.fillUp(nowNs);
    }
  }

  /**
   * A dial that was to show whether {@code peer} answers at {@code url} has ended.
   *
   * @param met whether it did
   */
  public void onVerified(String url, PeerId peer, boolean met, long nowNs) {
    if (table != null && !closed) {
      table.onVerified(url, peer, met, nowNs);
    }
  }

  /** A datagram of this node's own did not get to {@code peer}: an offer would not be answered. */
  public void onUndelivered(PeerId peer, long nowNs) {
    if (table != null && table.hasOffered(peer)) {
      fail(peer, ConnectFailure.NO_ANSWER, nowNs);
    }
  }

  /** A datagram of this node's own has come back over the link with {@code relay}. */
  public void onEcho(PeerId relay, long nonce, long nowNs) {
    if (probes.onEcho(relay, nonce, nowNs) && !closed) {
      whereabouts.onEcho(relay, nowNs);
    }
  }

  /** A control message for this node came in. */
  public void onMessage(Arrival arrival, Message message, long nowNs) {
    if (closed) {
      return;
    }
    PeerId from = arrival.from();
    if (arrival.hops() == 2) {
      whereabouts.onSeenAt(from, arrival.over(), nowNs);
    }
    if (message instanceof Message.FindPeers find) {
      effects.send(from, new Message.FoundPeers(referrals.closestTo(find.target(), from)));
    } else if (message instanceof Message.FoundPeers found) {
      if (neighbours.has(from)) {
        found.ids().forEach(id -> whereabouts.onSeenAt(id, from, nowNs));
        if (table != null && isInside(from)) {
          table.onFound(found.ids(), neighbours::has, nowNs);
        } else {
          relayLinks.onNamed(from, found.ids(), nowNs);
        }
      }
    } else if (message instanceof Message.HandshakeOffer) {
      if (!neighbours.has(from)) {
        handshakes.onOffer(from);
      }
    } else if (message instanceof Message.HandshakeAnswer answer) {
      if (!neighbours.has(from)) {
        onAnswer(from, answer, nowNs);
      }
    } else if (message instanceof Message.Publish publish) {
      // From hop to hop: what names another author than the neighbour is forged.
      if (from.equals(arrival.over())) {
        whereabouts.onPublish(from, publish, arrival.attempt(), nowNs);
      }
    } else if (message instanceof Message.Locate locate) {
      if (from.equals(arrival.over())) {
        whereabouts.onLocate(from, locate, arrival.attempt(), nowNs);
      }
    } else if (message instanceof Message.Located located) {
      whereabouts.onLocated(arrival.over(), located, nowNs);
    }
  }

  private void onAnswer(PeerId from, Message.HandshakeAnswer answer, long nowNs) {
    String url = answer.url();
    boolean declined = url != null && !relayLinks.onAnswer(from, url, nowNs);
    if (!declined && !handshakes.onAnswer(from, answer, nowNs)) {
      fail(from, ConnectFailure.NOT_REACHABLE, nowNs);
    }
  }

  /**
   * From now on takes and makes no links, and tells the neighbours that it goes down soon. Each is
   * given another time to come back at.
   */
  public void drain() {
    draining = true;
    List<Link> told =
        router.links().stream().filter(link -> link.format() == LinkFormat.BINARY).toList();
    ReturnTimes times = ReturnTimes.DEFAULT;
    told.forEach(link -> effects.tellGoingDown(link, times.delayMs(told.size(), random)));
  }

  /** Whether no leaf is linked any more that has been told to look for another relay. */
  public boolean isDrained() {
    return router.links().stream()
        .noneMatch(link -> link.format() == LinkFormat.BINARY && !link.relays());
  }

  /** Closes all links, gives up all offers, and takes and makes no more. */
  public void close() {
    closed = true;
    // Those that it is linked with now are the best to come back to.
    router.links().forEach(relayLinks::remember);
    router.links().forEach(link -> effects.close(link, CloseReason.GOING_AWAY));
    handshakes.giveUp().forEach(peer -> effects.connectFailed(peer, ConnectFailure.CLOSED));
  }

  /** Time has passed. Called about ten times a second, until this is closed. */
  public void onTick(long nowNs) {
    for (Link link : neighbours.onTick(nowNs)) {
      effects.close(link, CloseReason.SILENT);
    }
    if (draining) {
      return;
    }
    for (String url : bootstraps.due(nowNs, neighbours::has)) {
      effects.dial(url, null);
    }
    probes.onTick(nowNs).forEach(link -> leave(link, CloseReason.NOT_FORWARDING, nowNs));
    relayLinks.onTick(nowNs);
    whereabouts.onTick(nowNs);
    handshakes.repeat(nowNs);
    if (table != null) {
      table.onTick(nowNs);
    }
    handshakes.overdue(nowNs).forEach((peer, failure) -> fail(peer, failure, nowNs));
    if (refreshedNs == null || nowNs - refreshedNs >= config.refreshNs()) {
      refreshedNs = nowNs;
      router.sweep(nowNs);
      relayLinks.ask();
    }
  }

  /**
   * This node has stood still for longer than between two ticks. Called before {@link #onTick}, so
   * that no neighbour is closed for what this node has not heard.
   */
  public void onStandstill(long nowNs) {
    neighbours.onStandstill(nowNs);
  }

  private void fail(PeerId peer, ConnectFailure failure, long nowNs) {
    if (handshakes.fail(peer)) {
      strangers.avoid(peer, nowNs);
      effects.connectFailed(peer, failure);
      if (table != null) {
        table.onFailed(peer, nowNs);
      }
      relayLinks.fillUp(nowNs);
    }
  }

  private boolean isInside(PeerId peer) {
    Link link = neighbours.link(peer);
    return link != null && link.inside();
  }
}
