package org.peerrelay.relay;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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

  /**
   * The bytes of this id spell the name of a property that every JavaScript object has. An npm
   * relay looks up a target among its reverse paths, and a peer with WebRTC the author of a signal
   * among its handshakes; they find a function and throw, which ends their process.
   */
  private static final PeerId DEADLY_TO_NPM =
      PeerId.ofBytes("propertyIsEnumerable".getBytes(StandardCharsets.US_ASCII));

  private final PeerId self;
  private final DuplicateTable duplicates;
  private final ReversePaths reversePaths;
  private final ConcurrentHashMap<PeerId, Link> attached = new ConcurrentHashMap<>();
  private volatile ForwardingTable table = ForwardingTable.EMPTY;
  private volatile boolean outdated;

  /** A router for the node {@code self}, without links. */
  public Router(PeerId self, RouterConfig config, RandomGenerator random) {
    this.self = self;
    this.duplicates =
        new DuplicateTable(config.duplicateEntries(), config.duplicateLifetimeNs(), random);
    this.reversePaths = new ReversePaths(config.reversePathEntries());
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
    if (!duplicates.firstSight(header.from(), header.nonce(), nowNs)) {
      reversePaths.learnFromCopy(header.from(), ingress.peer(), path.size(), nowNs);
      return drop(DropReason.DUPLICATE);
    }
    learn(header, control, ingress, nowNs);
    return arrived ? DELIVER : onward(header, table.forOthers());
  }

  /**
   * Decides on a protocol 2 datagram that came in over {@code ingress}.
   *
   * <ol>
   *   <li>Its author must be the neighbour, which has proven its id, unless that is a relay.
   *   <li>A target with a protocol 2 link here gets it over that link, as the bytes it came in.
   *       Even if it is the author: that is how a peer sees that a link works.
   *   <li>What has no hop left ends here.
   *   <li>Everything else leaves in the legacy format, by its rules, and only the first copy.
   * </ol>
   */
  public Verdict route(Transit datagram, MessageKind kind, Link ingress, long nowNs) {
    if (!ingress.relays() && !datagram.from.is(ingress.peer())) {
      return drop(DropReason.FORGED_AUTHOR);
    }
    if (datagram.to.is(self)) {
      boolean first = duplicates.firstSight(datagram.from.toPeerId(), datagram.nonce, nowNs);
      return first ? DELIVER : drop(DropReason.DUPLICATE);
    }
    if (datagram.hopsLeft == 0) {
      return drop(DropReason.HOP_LIMIT);
    }
    PeerId to = datagram.to.toPeerId();
    Link target = attached.get(to);
    if (target != null && target.format() == LinkFormat.BINARY) {
      return target.forward();
    }
    PeerId from = datagram.from.toPeerId();
    if (!duplicates.firstSight(from, datagram.nonce, nowNs)) {
      return drop(DropReason.DUPLICATE);
    }
    return onward(new Header(to, from, datagram.nonce, kind, List.of(from)), table.forOthers());
  }

  /** Decides on a datagram of this node's own; its path is empty. */
  public Verdict originate(Header header, long nowNs) {
    duplicates.firstSight(header.from(), header.nonce(), nowNs);
    return header.to().equals(self) ? DELIVER : onward(header, table.forOwn());
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
    }
    if (!attached.containsKey(header.from())) {
      reversePaths.learn(header.from(), ingress.peer(), header.path().size(), nowNs);
    }
  }

  /**
   * An attached target gets it over its own link, whatever the table says. For another target it
   * goes to two links: the one that its answers came from, if it is known, and the nearest.
   */
  private Verdict onward(Header header, ForwardingTable.Choice links) {
    if (header.to().equals(DEADLY_TO_NPM) || header.from().equals(DEADLY_TO_NPM)) {
      return drop(DropReason.NO_ROUTE);
    }
    Link target = attached.get(header.to());
    if (target != null) {
      if (header.path().contains(header.to())) {
        return drop(DropReason.LOOP);
      }
      boolean harmful =
          header.kind() == MessageKind.SIGNAL
              && target.format() == LinkFormat.LEGACY
              && !target.webRtc();
      return harmful ? drop(DropReason.NO_WEBRTC) : target.forward();
    }
    Link first = reverseLink(header);
    if (first == null) {
      first = links.nearest(header.to(), header.path(), null);
    }
    if (first == null) {
      return drop(DropReason.NO_ROUTE);
    }
    return new Verdict.Forward(first, links.nearest(header.to(), header.path(), first));
  }

  private @Nullable Link reverseLink(Header header) {
    PeerId neighbour = reversePaths.neighbourTowards(header.to());
    if (neighbour == null || header.path().contains(neighbour)) {
      return null;
    }
    return attached.get(neighbour);
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
    attached.put(link.peer(), link);
    outdated = true;
    if (attached.size() <= FEW_LINKS) {
      refresh();
    }
  }

  /** From now on nothing goes to {@code link}. Control loop only. */
  public void detach(Link link) {
    attached.remove(link.peer(), link);
    outdated = true;
  }

  /**
   * Takes a new snapshot if links came, went or showed something new since the last. Control loop
   * only; called at least once a second, and not for each of a thousand links that come at once.
   */
  public void refresh() {
    if (outdated) {
      outdated = false;
      table = new ForwardingTable(attached.values());
    }
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

  /** Up to {@code count} links to relays, nearest to {@code target} first. Any thread. */
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
