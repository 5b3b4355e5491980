package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Router;

/**
 * The links of a relay with other relays inside: which are in the table, and so take datagrams for
 * others, which are spares, and which are still to be made. Owned by the overlay.
 *
 * <p>A link gets its place once its neighbour is known to be dialable, if {@link LinkPlan} has room
 * for it, and keeps it until it dies. All others are spares: they wait to be checked, or for room,
 * and the oldest leave when newcomers need theirs.
 */
final class RelayTable {
  private final PeerId self;
  private final TableConfig config;
  private final Router router;
  private final RandomGenerator random;
  private final Effects effects;
  private final Handshakes handshakes;
  private final Whereabouts whereabouts;
  private final LinkProbes probes;
  private final LinkPlan plan;
  private final DialBacks dialBacks;
  private final Strangers candidates;
  private final Backoff askPause;
  private final TableLinks table;
  private final LostRelays lost;

  /** Linked relays without a place, and since when, the longest linked first. */
  private final Map<Link, Long> spares = new LinkedHashMap<>();

  /** Who has been offered a link. */
  private final Set<PeerId> offered = new LinkedHashSet<>();

  /** Rounds of questions since the last that brought something new. */
  private int vainRounds;

  private @Nullable Long nextRoundNs;

  RelayTable(
      PeerId self,
      OverlayConfig config,
      Router router,
      RandomGenerator random,
      Effects effects,
      Handshakes handshakes,
      Whereabouts whereabouts,
      LinkProbes probes) {
    this.self = self;
    this.config = config.table();
    this.router = router;
    this.random = random;
    this.effects = effects;
    this.handshakes = handshakes;
    this.whereabouts = whereabouts;
    this.probes = probes;
    this.plan = new LinkPlan(self, this.config);
    this.dialBacks = new DialBacks(this.config, effects, router.counters());
    this.candidates = new Strangers(self, config);
    this.askPause = new Backoff(this.config.askMinNs(), this.config.askMaxNs());
    this.table = new TableLinks(self);
    this.lost = new LostRelays(this.config, random);
  }

  /** Whether there are as many relays in it as make a neighbourhood. */
  boolean isSettled() {
    return table.size() >= config.nearLinks();
  }

  /** Whether {@code link} may be taken on, in the table or as a spare in another's place. */
  boolean hasRoom(Link link, long nowNs) {
    return !link.inside()
        || spares.size() < config.maxSpares()
        || surplus(nowNs) != null
        || (isConfirmed(link, nowNs) && plan.admits(link, table));
  }

  /** Whether the neighbour is known to answer where it says that it can be dialed. */
  private boolean isConfirmed(Link link, long nowNs) {
    String url = link.url();
    return url != null
        && (url.equals(link.dialedUrl()) || dialBacks.holds(link.peer(), url, nowNs));
  }

  /** A link has been attached. */
  void onLinked(Link link, long nowNs) {
    PeerId peer = link.peer();
    candidates.forget(peer);
    offered.remove(peer);
    if (lost.hasReturned(peer, nowNs)) {
      candidates.pardon();
    }
    // Another may have had the id until now.
    drop(linked -> linked.peer().equals(peer), nowNs);
    if (link.inside()) {
      if (spares.size() >= config.maxSpares()) {
        close(surplus(nowNs), nowNs);
      }
      spares.put(link, nowNs);
      place(link, nowNs);
    }
  }

  /** The spare to close when a newcomer needs its place: one of the bucket that has the most. */
  private @Nullable Link surplus(long nowNs) {
    Map<Integer, Long> crowds =
        spares.keySet().stream()
            .collect(Collectors.groupingBy(this::bucketOf, Collectors.counting()));
    return spares.entrySet().stream()
        .filter(spare -> nowNs - spare.getValue() >= config.spareNs())
        .map(Map.Entry::getKey)
        .max(Comparator.comparing(spare -> Objects.requireNonNull(crowds.get(bucketOf(spare)))))
        .orElse(null);
  }

  private int bucketOf(Link link) {
    return table.bucketOf(link.peer());
  }

  private void close(@Nullable Link spare, long nowNs) {
    if (spare != null) {
      spares.remove(spare);
      candidates.avoid(spare.peer(), nowNs);
      effects.close(spare, CloseReason.SURPLUS);
    }
  }

  /** Gives {@code link} its place, or checks it first, if there is a place for it. */
  private void place(Link link, long nowNs) {
    String url = link.url();
    if (url == null || !plan.admits(link, table)) {
      return;
    }
    if (isConfirmed(link, nowNs)) {
      spares.remove(link);
      table.add(link);
      router.admit(link);
      whereabouts.onAdmitted(link, nowNs);
      probes.onAdmitted(link, nowNs);
      effects.admitted(link);
      askSoon(nowNs);
    } else {
      dialBacks.begin(link.peer(), url, nowNs);
    }
  }

  /** The check of what a neighbour says of itself is over. */
  void onVerified(String url, PeerId peer, boolean met, long nowNs) {
    dialBacks.onResult(url, peer, met, nowNs);
    placeSpares(nowNs);
    offer(nowNs);
  }

  private void placeSpares(long nowNs) {
    for (Link spare : List.copyOf(spares.keySet())) {
      place(spare, nowNs);
    }
  }

  /** A link is down. Another takes its place at once, if one is known. */
  void onUnlinked(Link link, long nowNs) {
    String url = link.url();
    if (url != null && link.inTable()) {
      lost.add(link.peer(), url, nowNs);
    }
    if (drop(linked -> linked == link, nowNs)) {
      candidates.avoid(link.peer(), config.lostNs(), nowNs);
      placeSpares(nowNs);
      offer(nowNs);
    }
  }

  /** It is no candidate for a while: its link has been left. */
  void avoid(PeerId peer, long nowNs) {
    candidates.avoid(peer, nowNs);
  }

  /** Forgets a link; tells whether there was such a one. */
  private boolean drop(Predicate<Link> which, long nowNs) {
    boolean spare = spares.keySet().removeIf(which);
    boolean placed = table.removeIf(which);
    if (placed) {
      askSoon(nowNs);
    }
    return spare || placed;
  }

  /** A relay inside names others. */
  void onFound(List<PeerId> ids, Predicate<PeerId> linked, long nowNs) {
    candidates.onHeard(ids, linked, id -> table.rank(id) < config.nearLinks(), nowNs);
    offer(nowNs);
  }

  /** Whether {@code peer} has been offered a link and that has led to nothing yet. */
  boolean hasOffered(PeerId peer) {
    return offered.contains(peer);
  }

  /** An offer, or what followed it, came to nothing. */
  void onFailed(PeerId peer, long nowNs) {
    if (offered.remove(peer)) {
      candidates.avoidForLonger(peer, config.offerRetryNs(), nowNs);
      offer(nowNs);
    }
  }

  private void offer(long nowNs) {
    Set<PeerId> underWay = new HashSet<>(offered);
    underWay.addAll(dialBacks.underWay());
    int count = config.maxOffers() - offered.size();
    for (PeerId peer : plan.offers(table, underWay, candidates, count)) {
      offered.add(peer);
      handshakes.offer(peer, config.offerNs(), nowNs);
    }
  }

  void onTick(long nowNs) {
    redial(nowNs);
    boolean linked = table.size() > 0 || !spares.isEmpty();
    if (linked && (nextRoundNs == null || nowNs - nextRoundNs >= 0)) {
      nextRoundNs = nowNs + askPause.delayNs(vainRounds++, random);
      placeSpares(nowNs);
      offer(nowNs);
      ask();
    }
  }

  private void redial(long nowNs) {
    KnownRelay relay = lost.due(nowNs);
    if (relay != null && !hasOffered(relay.id()) && !probes.isDistrusted(relay.id(), nowNs)) {
      effects.dial(relay.url(), relay.id());
    }
  }

  private void ask() {
    List<Link> near = new ArrayList<>(table.nearest(config.nearLinks()));
    Collections.rotate(near, random.nextInt(config.nearLinks()));
    for (Link asked : near.subList(0, Math.min(config.nearAsks(), near.size()))) {
      effects.send(asked.peer(), new Message.FindPeers(self));
    }
    for (PeerId target : plan.targets(table, random)) {
      for (Link nearest : router.nearestInside(target, 1)) {
        effects.send(nearest.peer(), new Message.FindPeers(target));
      }
    }
  }

  /** What has changed may have changed more: the next round comes soon. */
  private void askSoon(long nowNs) {
    vainRounds = 0;
    long soonNs = nowNs + askPause.delayNs(0, random);
    if (nextRoundNs != null && soonNs - nextRoundNs < 0) {
      nextRoundNs = soonNs;
    }
  }
}
