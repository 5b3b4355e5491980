package org.peerrelay.relay;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;

/**
 * Which way a datagram for somebody else takes. In this order:
 *
 * <ol>
 *   <li>the target's own link;
 *   <li>towards the relay that the datagram, or else a pointer, names;
 *   <li>the link to a relay outside over which the target's own datagrams came;
 *   <li>the relay inside that is nearest to the target, if it is nearer than this node. What is
 *       behind a relay outside cannot be known, so the nearest of those gets a copy;
 *   <li>the two nearest relays outside, or for want of those the nearest legacy leaves.
 * </ol>
 *
 * <p>Where several relays inside are nearer, the attempt says which of them; see {@link Attempts}.
 *
 * <p>Any thread, no locks. The links and the table are the {@link Router}'s.
 */
final class Ways {
  private static final Verdict NOT_HERE = new Verdict.Drop(DropReason.NOT_HERE);
  private static final Verdict NO_ROUTE = new Verdict.Drop(DropReason.NO_ROUTE);
  private static final Verdict LOOP = new Verdict.Drop(DropReason.LOOP);
  private static final Verdict NO_WEBRTC = new Verdict.Drop(DropReason.NO_WEBRTC);

  /**
   * The bytes of this id spell the name of a property that every JavaScript object has. An npm
   * relay looks up a target among its reverse paths, and a peer with WebRTC the author of a signal
   * among its handshakes; they find a function and throw, which ends their process.
   */
  private static final PeerId DEADLY_TO_NPM =
      PeerId.ofBytes("propertyIsEnumerable".getBytes(StandardCharsets.US_ASCII));

  private final PeerId self;
  private final LinkMap attached;
  private final PointerTable pointers;
  private final ReversePaths reversePaths;
  private final int pointerCopies;

  Ways(
      PeerId self,
      LinkMap attached,
      PointerTable pointers,
      ReversePaths reversePaths,
      int pointerCopies) {
    this.self = self;
    this.attached = attached;
    this.pointers = pointers;
    this.reversePaths = reversePaths;
    this.pointerCopies = pointerCopies;
  }

  /** Whether a datagram must not get near an npm peer. */
  static boolean isDeadly(Header header) {
    return header.to().equals(DEADLY_TO_NPM) || header.from().equals(DEADLY_TO_NPM);
  }

  /** Over the target's own link, in either format; null if it has none here. */
  @Nullable Verdict toAttached(Header header) {
    Link target = attached.get(header.to());
    if (target == null) {
      return null;
    }
    if (header.path().contains(header.to())) {
      return LOOP;
    }
    boolean harmful =
        header.kind() == MessageKind.SIGNAL
            && target.format() == LinkFormat.LEGACY
            && !target.webRtc();
    return harmful ? NO_WEBRTC : target.forward();
  }

  /**
   * For a protocol 2 datagram that can go on as one, with one copy: towards the relay that it
   * names, or that a pointer names, which is written into it. Null if it is located nowhere.
   *
   * <p>If the relay that it names is this one, which the target has left, or cannot be reached, a
   * pointer may know another. If none is known here, and that relay is gone, the target may have
   * published a new one, and the datagram goes to where that is. But only once: two relays that the
   * target has left at the same time would send it to and fro.
   *
   * @param first whether it has met no relay inside before
   */
  @Nullable Verdict located(
      Transit datagram, PeerId to, boolean first, ForwardingTable table, long nowNs) {
    if (datagram.via.isNone()) {
      return pointed(datagram, to, first, table, nowNs);
    }
    PeerId via = datagram.via.toPeerId();
    Link next = via.equals(self) ? null : towardsRelay(via, datagram.attempt, first, table);
    if (next != null) {
      return next.forward();
    }
    Verdict elsewhere = datagram.sentOn ? null : elsewhere(datagram, to, first, table, nowNs);
    if (elsewhere == null) {
      return NOT_HERE;
    }
    datagram.sentOn = true;
    return elsewhere;
  }

  /** Past the relay that it names: to another one, or to where a later pointer may be. */
  private @Nullable Verdict elsewhere(
      Transit datagram, PeerId to, boolean first, ForwardingTable table, long nowNs) {
    Verdict located = pointed(datagram, to, first, table, nowNs);
    if (located != null || datagram.via.is(self)) {
      return located;
    }
    Link nearer = table.nearer(to, self, datagram.attempt, first);
    if (nearer == null) {
      return null;
    }
    datagram.via.set(0, 0, 0);
    return nearer.forward();
  }

  /** Towards the relay that a pointer names, which is written into the datagram. */
  private @Nullable Verdict pointed(
      Transit datagram, PeerId to, boolean first, ForwardingTable table, long nowNs) {
    // Of a peer that has left this relay it has been told where that was going.
    boolean left = datagram.via.is(self);
    PeerId relay = relayOf(to, datagram.attempt, left, table, nowNs);
    Link next = relay == null ? null : towardsRelay(relay, datagram.attempt, first, table);
    if (relay == null || next == null) {
      return null;
    }
    datagram.via.set(relay.high(), relay.middle(), relay.low());
    return next.forward();
  }

  private @Nullable PeerId relayOf(
      PeerId to, int attempt, boolean left, ForwardingTable table, long nowNs) {
    boolean byHeld =
        pointers.holds(to) && (left || table.isHolder(to, self, attempt, pointerCopies));
    return pointers.relayOf(to, attempt, byHeld, nowNs);
  }

  /** For a datagram without a protocol 2 frame: as the class says, from the second rule on. */
  Verdict unattached(Header header, boolean first, ForwardingTable table, long nowNs) {
    PeerId to = header.to();
    int attempt = header.attempt();
    PeerId relay = relayOf(to, attempt, false, table, nowNs);
    Link located = relay == null ? null : towardsRelay(relay, attempt, first, table);
    return located == null
        ? unlocated(header, first, table)
        : new Verdict.Forward(located, null, relay);
  }

  /** As the class says, from the third rule on. */
  Verdict unlocated(Header header, boolean first, ForwardingTable table) {
    PeerId to = header.to();
    int attempt = header.attempt();
    Link back = backTo(header);
    Link nearer = table.nearer(to, self, attempt, first);
    ForwardingTable.Choice outside = table.forOthers(header.kind());
    if (back != null) {
      Link second = nearer != null ? nearer : outside.nearest(to, header.path(), back);
      return new Verdict.Forward(back, second, null);
    }
    if (nearer != null) {
      return new Verdict.Forward(nearer, outside.nearestRelay(to, header.path()), null);
    }
    return nearestTwo(header, outside);
  }

  /**
   * For a node that is no relay itself: over the nearest of its links, two if they are legacy; a
   * later attempt over the next of those that speak protocol 2.
   */
  Verdict outward(Header header, ForwardingTable table) {
    Link another = header.attempt() == 0 ? null : table.own(header.to(), header.attempt());
    if (another != null) {
      return another.forward();
    }
    Link back = backTo(header);
    ForwardingTable.Choice own = table.forOwn(header.kind());
    Link first = back != null ? back : own.nearest(header.to(), header.path(), null);
    if (first == null) {
      return NO_ROUTE;
    }
    return first.format() == LinkFormat.BINARY ? first.forward() : withSecond(first, header, own);
  }

  private static Verdict nearestTwo(Header header, ForwardingTable.Choice links) {
    Link first = links.nearest(header.to(), header.path(), null);
    return first == null ? NO_ROUTE : withSecond(first, header, links);
  }

  private static Verdict withSecond(Link first, Header header, ForwardingTable.Choice links) {
    return new Verdict.Forward(first, links.nearest(header.to(), header.path(), first), null);
  }

  /** The next link towards a relay: its own, or one to a relay that is nearer to it. */
  private @Nullable Link towardsRelay(
      PeerId relay, int attempt, boolean first, ForwardingTable table) {
    Link direct = attached.get(relay);
    if (direct != null) {
      return direct.format() == LinkFormat.BINARY && direct.relays() ? direct : null;
    }
    return table.nearerToRelay(relay, self, attempt, first);
  }

  /** Whether {@code peer} is known to be behind a relay outside. */
  boolean hasWayBack(PeerId peer) {
    PeerId neighbour = reversePaths.neighbourTowards(peer);
    return neighbour != null && attached.containsKey(neighbour);
  }

  private @Nullable Link backTo(Header header) {
    PeerId neighbour = reversePaths.neighbourTowards(header.to());
    if (neighbour == null || header.path().contains(neighbour)) {
      return null;
    }
    Link back = attached.get(neighbour);
    return back != null && back.format().has(header.kind()) ? back : null;
  }
}
