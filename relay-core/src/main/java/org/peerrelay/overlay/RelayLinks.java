package org.peerrelay.overlay;

import java.util.List;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
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
  private final KnownRelays known;
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
    this.known = new KnownRelays(known.maxRelays(), redial, random);
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

  /** Remembers a relay of protocol 2: only such a one has proven that it can be met there. */
  void remember(Link link) {
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

  /** Dials relays that were met before, until links and dials are enough. */
  private void dialKnown(long nowNs) {
    int wanted = Math.min(config.known().fewLinks(), config.relayLinks());
    int missing = wanted - neighbours.relays() - known.dialing();
    known
        .due(missing, relay -> isWelcome(relay, nowNs), nowNs)
        .forEach(relay -> effects.dial(relay.url(), relay.id()));
  }

  private boolean isWelcome(KnownRelay relay, long nowNs) {
    PeerId id = relay.id();
    return !bootstraps.has(relay.url())
        && !neighbours.has(id)
        && !handshakes.isPending(id)
        && !strangers.isAvoided(id, nowNs)
        && !probes.isDistrusted(id, nowNs);
  }

  /** Offers links to the nearest peers heard of, until links and offers are enough. */
  void fillUp(long nowNs) {
    int missing = config.relayLinks() - neighbours.relays() - handshakes.size();
    if (missing > 0) {
      for (PeerId peer : strangers.nearest(self, missing, this::unoffered)) {
        handshakes.offer(peer, nowNs);
      }
    }
  }

  private boolean unoffered(PeerId peer) {
    return !handshakes.isPending(peer);
  }

  /** If they are too few, asks those that the table does not ask who else there is. */
  void ask() {
    if (neighbours.relays() < config.relayLinks()) {
      for (Link link : router.nearestRelays(self, config.relayLinks())) {
        if (!link.inside()) {
          effects.send(link.peer(), new Message.FindPeers(self));
        }
      }
    }
  }
}
