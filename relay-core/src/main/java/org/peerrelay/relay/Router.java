package org.peerrelay.relay;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;

/**
 * Decides where a datagram goes. The forwarding plane: it moves nothing itself and learns only what
 * passing datagrams show.
 *
 * <p>{@link #route} and {@link #originate} run on any thread, without locks: they read one map of
 * attached peers, one immutable snapshot of the links, and two bounded memories. {@link #attach},
 * {@link #detach} and {@link #refresh} belong to the control loop, which owns the set of links.
 */
public final class Router {
  /** With no more links than this, a new one is in the table at once. */
  private static final int FEW_LINKS = 64;

  private static final Verdict DELIVER = new Verdict.Deliver();
  private static final Verdict REPEATED = new Verdict.Repeated();

  private final PeerId self;
  private final boolean relays;
  private final Counters counters = new Counters();
  private final Sightings sightings;
  private final ReversePaths reversePaths;
  private final PointerTable pointers;
  private final LinkMap attached;
  private final int pointerCopies;
  private final Ways ways;
  private final Set<PeerId> swarms = ConcurrentHashMap.newKeySet();
  private final Unsettled unlocated = new Unsettled(counters);
  private final Unsettled distant = new Unsettled(counters);
  private volatile ForwardingTable table = ForwardingTable.EMPTY;
  private volatile boolean outdated;
  private volatile boolean relaysOutdated;

  /** A router for the node {@code self}, without links. */
  public Router(PeerId self, RouterConfig config, RandomGenerator random) {
    this.self = self;
    this.relays = config.relays();
    this.sightings = new Sightings(config, random);
    this.reversePaths = new ReversePaths(config.reversePathEntries());
    KeyedHash hash = new KeyedHash(random);
    this.attached = new LinkMap(hash);
    this.pointers = new PointerTable(self, config.pointerEntries(), hash, counters);
    this.pointerCopies = config.pointerCopies();
    this.ways = new Ways(self, attached, pointers, reversePaths, pointerCopies);
  }

  /**
   * Decides on a datagram that came in over {@code ingress}.
   *
   * <ol>
   *   <li>The path must begin with the author and end with the neighbour: so nobody can speak for
   *       another on a link of his own.
   *   <li>What has met this node before ends here, and what has met 20 goes no further.
   *   <li>Of several copies the first goes on.
   *   <li>A path of two or more shows that the neighbour relays, and where its author is to be
   *       found.
   *   <li>It is delivered, or goes onward.
   * </ol>
   *
   * @param control the content, where it is a control message
   */
  public Verdict route(Header header, @Nullable Message control, Link ingress, long nowNs) {
    List<PeerId> path = header.path();
    if (path.isEmpty()
        || !path.get(0).equals(header.from())
        || !path.get(path.size() - 1).equals(ingress.peer())) {
      return drop(DropReason.FORGED_PATH);
    }
    boolean arrived = header.to().equals(self);
    if (path.size() >= Header.MAX_PATH && !arrived) {
      return drop(DropReason.HOP_LIMIT);
    }
    if (path.contains(self)) {
      return drop(DropReason.LOOP);
    }
    if (!sightings.first(header.from(), header.nonce(), nowNs)) {
      reversePaths.learnFromCopy(header.from(), ingress.peer(), path.size(), nowNs);
      return drop(DropReason.DUPLICATE);
    }
    learn(header, control, ingress, nowNs);
    if (arrived) {
      return DELIVER;
    }
    Verdict verdict = onward(header, !ingress.inside(), nowNs);
    if (header.fromAuthor()) {
      noteUnlocated(header, verdict);
    }
    return verdict;
  }

  /**
   * Decides on a protocol 2 datagram that came in over {@code ingress}, and writes the relay that
   * its target is attached to into it, if that is known and not in it yet.
   *
   * <ol>
   *   <li>Its author must be the neighbour, which has proven its id, unless that is a relay.
   *   <li>What comes from a relay that is not inside may have come round: the first copy of each
   *       attempt goes on, and shows where its author is to be found.
   *   <li>What is for this node is delivered once, whatever the attempt; what a neighbour asks or
   *       tells it, as often as it does so.
   *   <li>What is for a swarm that is known here is delivered once: the control loop passes it on.
   *   <li>A target with a protocol 2 link here gets it over that link, as the bytes it came in.
   *       Even if it is the author: that is how a peer sees that a link works.
   *   <li>What has no hop left ends here.
   *   <li>What is located goes towards its relay. Where that does not have it, it goes towards
   *       another one that a pointer names, once, and else ends.
   *   <li>What is not goes to a nearer relay inside.
   *   <li>What leaves the inside does so by the legacy format's rules, and only the first copy of
   *       each attempt; to a legacy target, only the first of all.
   * </ol>
   */
  public Verdict route(Transit datagram, MessageKind kind, Link ingress, long nowNs) {
    if (!ingress.relays() && !datagram.from.is(ingress.peer())) {
      return drop(DropReason.FORGED_AUTHOR);
    }
    if (datagram.to.is(self)) {
      return arrived(datagram, kind, ingress, nowNs);
    }
    if (kind == MessageKind.SWARM_CAST && swarms.contains(datagram.to.toPeerId())) {
      boolean first = sightings.first(datagram.from.toPeerId(), datagram.nonce, nowNs);
      return first ? DELIVER : drop(DropReason.DUPLICATE);
    }
    boolean outside = isOutside(ingress);
    if (outside && !learn(datagram, ingress, nowNs)) {
      return drop(DropReason.DUPLICATE);
    }
    if (datagram.hopsLeft == 0) {
      return drop(DropReason.HOP_LIMIT);
    }
    Link target = attached.get(datagram.to.high, datagram.to.middle, datagram.to.low);
    if (target != null && target.format() == LinkFormat.BINARY) {
      return target.forward();
    }
    PeerId to = datagram.to.toPeerId();
    boolean behindHere = target == null && datagram.via.is(self) && ways.hasWayBack(to);
    if (behindHere) {
      datagram.via.set(0, 0, 0);
    } else if (target == null) {
      Verdict inside = inside(datagram, to, ingress, nowNs);
      if (inside != null) {
        return inside;
      }
    }
    Header header = headerOf(datagram, kind, ingress);
    if (!sightings.mayLeave(header, outside, target != null, nowNs)) {
      return drop(DropReason.DUPLICATE);
    }
    boolean first = !ingress.inside();
    return behindHere ? behind(header, first) : onward(header, first, nowNs);
  }

  private static boolean isOutside(Link ingress) {
    return ingress.relays() && !ingress.inside();
  }

  private Verdict arrived(Transit datagram, MessageKind kind, Link ingress, long nowNs) {
    if (kind.isRepeatable() && datagram.from.is(ingress.peer())) {
      return DELIVER;
    }
    PeerId author = datagram.from.toPeerId();
    boolean first = sightings.first(author, datagram.nonce, nowNs);
    if (isOutside(ingress)) {
      learnWay(author, ingress, datagram, first, nowNs);
    }
    if (first) {
      return DELIVER;
    }
    return datagram.attempt > 0 ? REPEATED : drop(DropReason.DUPLICATE);
  }

  /** Tells whether this attempt of it has not been seen before. */
  private boolean learn(Transit datagram, Link ingress, long nowNs) {
    PeerId author = datagram.from.toPeerId();
    boolean first = sightings.firstOfAttempt(author, datagram.nonce, datagram.attempt, nowNs);
    learnWay(author, ingress, datagram, first, nowNs);
    return first;
  }

  private void learnWay(PeerId author, Link ingress, Transit datagram, boolean first, long nowNs) {
    int hops = Header.MAX_PATH + 1 - datagram.hopsLeft;
    if (author.equals(ingress.peer())) {
      return;
    }
    if (first) {
      learnWay(author, ingress, hops, nowNs);
    } else {
      reversePaths.learnFromCopy(author, ingress.peer(), hops, nowNs);
    }
  }

  /** The one copy that stays inside; null if the datagram has to leave, or may be known outside. */
  private @Nullable Verdict inside(Transit datagram, PeerId to, Link ingress, long nowNs) {
    boolean first = !ingress.inside();
    Verdict located = ways.located(datagram, to, first, table, nowNs);
    if (located != null) {
      return located;
    }
    if (!ingress.relays()) {
      unlocated.add(to, datagram.attempt);
    }
    Link nearer = table.nearer(to, self, datagram.attempt, first);
    return nearer == null || table.hasOutsideRelay() ? null : nearer.forward();
  }

  /** As if it had come in the legacy format, its path as far as it is known. */
  private static Header headerOf(Transit datagram, MessageKind kind, Link ingress) {
    PeerId from = datagram.from.toPeerId();
    List<PeerId> path = from.equals(ingress.peer()) ? List.of(from) : List.of(from, ingress.peer());
    return new Header(datagram.to.toPeerId(), from, datagram.nonce, kind, path, datagram.attempt);
  }

  /**
   * Decides on a datagram of this node's own; its path is empty. Made again as another attempt it
   * keeps its nonce.
   */
  public Verdict originate(Header header, long nowNs) {
    if (!header.kind().isRepeatable() || !isNeighbour(header.to())) {
      sightings.sent(header, nowNs);
    }
    if (header.to().equals(self)) {
      return DELIVER;
    }
    Verdict verdict = onward(header, true, nowNs);
    noteUnlocated(header, verdict);
    return verdict;
  }

  /**
   * A datagram of this node's own goes out over links of its choice: what comes back is a copy. Any
   * thread.
   */
  public void sent(Header header, long nowNs) {
    sightings.sent(header, nowNs);
  }

  /** Whether what is for {@code peer} goes straight to it, and cannot come back. */
  private boolean isNeighbour(PeerId peer) {
    Link link = attached.get(peer);
    return link != null && link.format() == LinkFormat.BINARY;
  }

  private void noteUnlocated(Header header, Verdict verdict) {
    boolean located = verdict instanceof Verdict.Forward forward && forward.via() != null;
    if (relays && !located && !attached.containsKey(header.to())) {
      unlocated.add(header.to(), header.attempt());
    }
  }

  /**
   * Whether this node has sent a datagram with that nonce of late, so that what is said of it comes
   * from somebody who has seen it. Any thread.
   */
  public boolean hasSent(long nonce, long nowNs) {
    return sightings.has(self, nonce, nowNs);
  }

  private void learn(Header header, @Nullable Message control, Link ingress, long nowNs) {
    if (header.fromAuthor()) {
      if (control != null && ingress.sawOwn(control)) {
        outdated = true;
      }
      return;
    }
    if (ingress.sawRelaying()) {
      outdated = true;
      relaysOutdated = true;
    }
    learnWay(header.from(), ingress, header.path().size(), nowNs);
  }

  /**
   * A neighbour says that {@code peer} is behind it; tells whether that is news. Control loop only.
   */
  public boolean learnBehind(PeerId peer, Link neighbour, long nowNs) {
    return learnWay(peer, neighbour, 2, nowNs);
  }

  private boolean learnWay(PeerId author, Link ingress, int hops, long nowNs) {
    boolean news =
        !author.equals(self)
            && !attached.containsKey(author)
            && reversePaths.learn(author, ingress.peer(), hops, nowNs);
    if (news && relays) {
      distant.add(author, Attempts.STRAIGHT);
    }
    return news;
  }

  /**
   * The way of a datagram that is not passed on as the frame it came in.
   *
   * @param first whether it has met no relay inside before
   */
  private Verdict onward(Header header, boolean first, long nowNs) {
    if (Ways.isDeadly(header)) {
      return drop(DropReason.NO_ROUTE);
    }
    Verdict attachedOrNull = ways.toAttached(header);
    if (attachedOrNull != null) {
      return attachedOrNull;
    }
    if (!relays && header.path().isEmpty()) {
      return ways.outward(header, table);
    }
    return ways.unattached(header, first, table, nowNs);
  }

  /** The same for one that has come to the relay that its target is behind: no pointer counts. */
  private Verdict behind(Header header, boolean first) {
    return Ways.isDeadly(header) ? drop(DropReason.NO_ROUTE) : ways.unlocated(header, first, table);
  }

  /**
   * From now on the neighbour of {@code link} is reached over it. The only link there is leads to
   * everybody at once, before any {@link #refresh}, since those who waited for it send as soon as
   * they are told of it. Control loop only.
   */
  public void attach(Link link) {
    if (attached.isEmpty()) {
      table = new ForwardingTable(List.of(link));
    }
    attached.put(link);
    onChange(link);
    if (attached.size() <= FEW_LINKS) {
      refresh();
    }
  }

  /** A leaf in the table serves strangers' datagrams, which can wait; a relay serves all. */
  private void onChange(Link link) {
    outdated = true;
    relaysOutdated |= link.relays();
  }

  /** From now on nothing goes to {@code link}. Control loop only. */
  public void detach(Link link) {
    attached.remove(link);
    onChange(link);
  }

  /** From now on datagrams for others go over {@code link}, a relay's. Control loop only. */
  public void admit(Link link) {
    link.enterTable();
    onChange(link);
    if (attached.size() <= FEW_LINKS) {
      refresh();
    }
  }

  /** Takes a new snapshot if links to relays came or went since the last. Control loop only. */
  public void settle() {
    if (relaysOutdated) {
      refresh();
    }
  }

  /**
   * Takes a new snapshot if links came, went or showed something new since the last, which costs
   * time for each link there is. Control loop only; called about ten times a second, and not for
   * each of ten thousand leaves that come at once.
   */
  public void refresh() {
    if (outdated) {
      outdated = false;
      relaysOutdated = false;
      table = new ForwardingTable(attached.values());
    }
  }

  /** Forgets what counts no more. Called about once a minute, by the control loop only. */
  public void sweep(long nowNs) {
    pointers.sweep(nowNs);
    sightings.sweep(nowNs);
  }

  /** The link to a neighbour; null if there is none. Any thread. */
  public @Nullable Link link(PeerId peer) {
    return attached.get(peer);
  }

  /**
   * Whether there is a link that datagrams for any target can take: a moment after the first was
   * attached. Any thread.
   */
  public boolean isConnected() {
    return !attached.isEmpty() && table != ForwardingTable.EMPTY;
  }

  /** All present links, a live view. Any thread. */
  public Collection<Link> links() {
    return attached.values();
  }

  /** Whether this node is one of the relays. */
  public boolean relays() {
    return relays;
  }

  /** What became of the node's datagrams and links, and what it has refused. Any thread. */
  public Counters counters() {
    return counters;
  }

  /** The swarms whose members are known here, or that this node has joined. Any thread. */
  public Set<PeerId> swarms() {
    return swarms;
  }

  /** Where peers without a link here are. Any thread reads, the control loop writes. */
  public PointerTable pointers() {
    return pointers;
  }

  /**
   * Peers that datagrams of this node's own and of its neighbours were for, and are not located;
   * each with the largest attempt that was made to reach it.
   */
  public Map<PeerId, Integer> takeUnlocated() {
    return unlocated.take();
  }

  /** Peers that were first seen to write from behind a relay that is not inside. */
  public List<PeerId> takeDistant() {
    return List.copyOf(distant.take().keySet());
  }

  /**
   * The next link that {@code attempt} takes towards {@code target} among the relays inside, or
   * null at the end.
   *
   * @param first whether the way begins here
   */
  public @Nullable Link nearer(PeerId target, int attempt, boolean first) {
    return table.nearer(target, self, attempt, first);
  }

  /** How many relays keep a copy of a pointer. */
  public int pointerCopies() {
    return pointerCopies;
  }

  /** Whether {@code attempt} is to find the pointer of {@code peer} here, if anywhere. */
  public boolean isHolder(PeerId peer, int attempt) {
    return table.isHolder(peer, self, attempt, pointerCopies);
  }

  /**
   * Up to {@code count} links to relays in the table, nearest to {@code target} first, one of each
   * address group.
   */
  public List<Link> nearestInside(PeerId target, int count) {
    return table.nearestInside(target, count);
  }

  /**
   * Up to {@code count} links to relays outside and in the table, nearest to {@code target} first.
   * Any thread.
   */
  public List<Link> nearestRelays(PeerId target, int count) {
    return table.nearestRelays(target, count);
  }

  /**
   * Up to {@code count} links to leaves, nearest to {@code target} first, without those whose peer
   * cannot be linked with by others. Any thread.
   */
  public List<Link> nearestConnectableLeaves(PeerId target, int count) {
    return table.nearestConnectableLeaves(target, count);
  }

  private static Verdict drop(DropReason reason) {
    return new Verdict.Drop(reason);
  }
}
