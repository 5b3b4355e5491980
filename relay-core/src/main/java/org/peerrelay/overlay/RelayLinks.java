package org.peerrelay.overlay;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Router;

/**
 * Makes the links with relays that a node misses, up to {@link OverlayConfig#relayLinks()}: dials
 * those that it has met before, and offers links to those that it hears of. The links of the {@link
 * RelayTable} are not its business. Owned by the overlay.
 */
final class RelayLinks {
  private final PeerId self;
  private final OverlayConfig config;
  private final Router router;
  private final Effects effects;
  private final Neighbours neighbours;
  private final Bootstraps bootstraps;
  private final Handshakes handshakes;
  private final Strangers strangers;
  private final LinkProbes probes;
  private final RandomGenerator random;
  private final KnownRelays known;
  private final LinksToCome toCome;
  private final LeafLinks leafLinks;
  private final Search search;

  RelayLinks(
      PeerId self,
      OverlayConfig config,
      Router router,
      RandomGenerator random,
      Effects effects,
      Neighbours neighbours,
      Bootstraps bootstraps,
      Handshakes handshakes,
      Strangers strangers,
      LinkProbes probes) {
    this.self = self;
    this.config = config;
    this.router = router;
    this.effects = effects;
    this.neighbours = neighbours;
    this.bootstraps = bootstraps;
    this.handshakes = handshakes;
    this.strangers = strangers;
    this.probes = probes;
    KnownConfig known = config.known();
    Backoff redial = new Backoff(config.redialMinNs(), known.maxRedialNs());
    this.random = random;
    this.known = new KnownRelays(known.maxRelays(), redial, random);
    this.toCome = new LinksToCome(bootstraps, this.known, handshakes);
    this.leafLinks =
        new LeafLinks(
            config, router.relays(), neighbours, bootstraps, handshakes, this.known, toCome);
    Backoff pause = new Backoff(config.redialMinNs(), known.maxPauseNs());
    this.search = new Search(known.headStartNs(), pause, random);
  }

  /** Takes the relays that were known before a restart. */
  void recall(List<KnownRelay> relays) {
    known.recall(relays.stream().filter(relay -> !relay.id().equals(self)).toList());
  }

  /** The relays that this node has met, the one met longest ago first. */
  List<KnownRelay> known() {
    return known.all();
  }

  /** A dial was answered. In the legacy format that proves nothing: there anybody takes any id. */
  void onMet(Link link, long nowNs) {
    remember(link);
    String url = link.dialedUrl();
    if (url != null && link.format() == LinkFormat.LEGACY) {
      known.onFailed(link.peer(), url, nowNs);
    }
  }

  /** Remembers who was met: where, if that is proven, as it is by relays of protocol 2 alone. */
  void remember(Link link) {
    leafLinks.onMet(link);
    String url = link.dialedUrl();
    if (url != null && link.format() == LinkFormat.BINARY) {
      known.onMet(link.peer(), url);
    }
  }

  /** A link is gone. If it was a relay's, others come first, for a start. */
  void onLost(Link link, long nowNs) {
    String url = link.dialedUrl();
    if (url != null && link.format() == LinkFormat.BINARY) {
      known.onLost(link.peer(), url);
    }
    if (link.relays()) {
      search.onLost(nowNs);
    }
  }

  /** A relay goes down soon: others come first. */
  void onGoingDown(long nowNs) {
    search.onLost(nowNs);
  }

  /** {@code relay} has not been met at {@code url}. */
  void onFailed(PeerId relay, String url, long nowNs) {
    known.onFailed(relay, url, nowNs);
  }

  /** Time has passed: looks for more, if they are few and it is time to look. */
  void onTick(long nowNs) {
    if (neighbours.relays() < config.known().fewLinks() && search.isDue(nowNs)) {
      dialKnown(nowNs);
      fillUp(nowNs);
    }
  }

  /**
   * Dials relays that were met before, until links and those to come are enough. Who has no link,
   * and a relay, for which others wait, counts on nobody else.
   */
  private void dialKnown(long nowNs) {
    int wanted = Math.min(config.known().fewLinks(), config.relayLinks());
    int linked = neighbours.relays();
    boolean patient = linked > 0 && !router.relays();
    int missing = wanted - linked - (patient ? toCome.count() : known.dialing().size());
    Predicate<PeerId> choice = leafLinks.choice();
    known
        .due(missing, relay -> isWelcome(relay, nowNs) && choice.test(relay.id()), nowNs)
        .forEach(relay -> effects.dial(relay.url(), relay.id()));
  }

  private boolean isWelcome(KnownRelay relay, long nowNs) {
    PeerId id = relay.id();
    return !bootstraps.has(relay.url())
        && !neighbours.has(id)
        && !strangers.isAvoided(id, nowNs)
        && isWelcome(id, nowNs);
  }

  private boolean isWelcome(PeerId candidate, long nowNs) {
    return !handshakes.isPending(candidate) && !probes.isDistrusted(candidate, nowNs);
  }

  /**
   * {@code neighbour} names peers. Whom no link would be made with takes no room from the others.
   */
  void onNamed(PeerId neighbour, List<PeerId> ids, long nowNs) {
    Predicate<PeerId> hopeless = leafLinks.hopeless().or(peer -> probes.isDistrusted(peer, nowNs));
    strangers.forgetIf(hopeless);
    strangers.onNamed(neighbour, ids, hopeless.or(neighbours::has), nowNs);
    fillUp(nowNs);
  }

  /**
   * Offers links to peers heard of, until links and those to come are enough. To be called whenever
   * somebody was heard of, or something that was to come has not.
   */
  void fillUp(long nowNs) {
    int missing = config.relayLinks() - neighbours.relays() - toCome.count();
    // Without any link an offer goes nowhere, and a candidate is lost.
    if (missing > 0 && !router.links().isEmpty()) {
      Predicate<PeerId> choice = leafLinks.choice();
      for (; missing > 0; missing--) {
        strangers
            .nearest(wanted(), 1, peer -> isWelcome(peer, nowNs) && choice.test(peer))
            .forEach(peer -> handshakes.offer(peer, nowNs));
      }
    }
  }

  /**
   * Near which id this node looks for others. Relays are to know those near to them. Where a leaf
   * is, its pointer says, and it need not be near: so a leaf draws an id each time, and whoever has
   * made ids around its own is not met more often than anybody else.
   */
  PeerId wanted() {
    return router.relays() ? self : PeerId.random(random);
  }

  /**
   * A peer answers our offer with {@code url}; tells whether that is to be dialed. If not, the next
   * candidate is asked.
   */
  boolean onAnswer(PeerId peer, String url, long nowNs) {
    boolean dials = leafLinks.dials(peer, url);
    if (!dials) {
      handshakes.fail(peer);
      askAnother(peer, nowNs);
    }
    return dials;
  }

  /** Why a link that nobody has asked for is not taken, and another one sought; null if it is. */
  @Nullable CloseReason refusal(Link link, long nowNs) {
    CloseReason reason = leafLinks.refusal(link);
    if (reason != null) {
      askAnother(link.peer(), nowNs);
    }
    return reason;
  }

  /** The links that {@code peer} stands in the way of may be gone when it is named again. */
  private void askAnother(PeerId peer, long nowNs) {
    strangers.avoid(peer, config.refreshNs(), nowNs);
    fillUp(nowNs);
  }

  /** A link of a leaf that is one too many; null if there is none. */
  LeafLinks.@Nullable Surplus surplus() {
    return leafLinks.surplus();
  }

  /** If they are too few, asks those that the table does not ask who else there is. */
  void ask() {
    if (neighbours.relays() < config.relayLinks()) {
      for (Link link : router.nearestRelays(self, config.relayLinks())) {
        if (!link.inside()) {
          effects.send(link.peer(), new Message.FindPeers(wanted()));
        }
      }
    }
  }
}
