package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.Transit;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.wire.binary.DatagramLayout;

/**
 * The way of a datagram through a node, as the link handlers of the real transport have it: read
 * the header, let the router decide, and then pass it on, deliver it, or drop it and tell its
 * author. One for all nodes; it keeps nothing between two datagrams.
 */
final class Forwarding {
  private final Network network;

  /** The header of the datagram in hand, used again for every one. */
  private final Transit transit = new Transit();

  Forwarding(Network network) {
    this.network = network;
  }

  /** {@code frame} has come in at {@code at}, an open end of a link. */
  void receive(Frame frame, SimulatedLink at, HostTransport transport) {
    Host host = at.owner;
    if (frame.trail != null) {
      frame.trail = frame.trail.to(host.number(), frame.goal());
    }
    if (at.format() == LinkFormat.BINARY) {
      receiveBinary(frame, at, transport);
    } else {
      receiveLegacy(frame, at, transport);
    }
  }

  private void receiveBinary(Frame frame, SimulatedLink at, HostTransport transport) {
    Host host = at.owner;
    MessageKind kind = frame.message.kind();
    boolean flood = kind == MessageKind.POINTER && !at.inTable();
    if (flood && !at.pointers().take(network.nowNs())) {
      drop(frame, at, DropReason.RATE_LIMITED);
      return;
    }
    frame.read(transit);
    Verdict verdict = host.node().router().route(transit, kind, at, network.nowNs());
    frame.write(transit);
    if (verdict instanceof Verdict.Forward forward) {
      if (frame.message instanceof Message.Notice notice) {
        host.node().onPassing(notice);
      }
      frame.hopsLeft--;
      forward(frame, at, forward, transport);
    } else if (verdict instanceof Verdict.Drop drop) {
      drop(frame, at, drop.reason());
    } else if (verdict instanceof Verdict.Repeated) {
      host.node().onRepeated(arrival(frame, at), kind, network.nowNs());
    } else {
      host.deliver(arrival(frame, at), frame);
    }
  }

  private static Arrival arrival(Frame frame, SimulatedLink at) {
    int hops = Header.MAX_PATH + 1 - frame.hopsLeft;
    return arrival(frame, at, hops, provenance(frame, at));
  }

  private static Provenance provenance(Frame frame, SimulatedLink at) {
    if (frame.has(DatagramLayout.FLAG_UNVERIFIED)) {
      return Provenance.UNVERIFIED;
    }
    return frame.from.equals(at.peer()) ? Provenance.VERIFIED : Provenance.CLAIMED;
  }

  private void receiveLegacy(Frame frame, SimulatedLink at, HostTransport transport) {
    Message control = frame.message.kind() == MessageKind.USER ? null : frame.message;
    Verdict verdict = at.owner.node().router().route(frame.header(), control, at, network.nowNs());
    if (verdict instanceof Verdict.Forward forward) {
      forward(frame, at, forward, transport);
    } else if (verdict instanceof Verdict.Drop drop) {
      count(frame, at, drop.reason());
    } else {
      Arrival arrival = arrival(frame, at, frame.path.size(), Provenance.UNVERIFIED);
      at.owner.deliver(arrival, frame);
    }
  }

  private static Arrival arrival(Frame frame, SimulatedLink at, int hops, Provenance provenance) {
    boolean wantsAnswer = frame.has(DatagramLayout.FLAG_WANTS_ANSWER);
    return new Arrival(
        frame.from, frame.nonce, at.peer(), hops, provenance, wantsAnswer, frame.attempt);
  }

  /** Over the one link or two that have the datagram's kind in their format. */
  private void forward(Frame frame, SimulatedLink at, Verdict.Forward to, HostTransport transport) {
    if (transport.swallows(frame)) {
      if (frame.journey != null) {
        frame.journey.lose("attacker");
      }
      return;
    }
    if (frame.trail != null && frame.trail.isRound()) {
      // Copies by the legacy rules may come round, and end as duplicates; none goes on.
      network.tallies().violation(network.nowNs(), "a loop over node " + at.owner.id());
    }
    Link second = to.second();
    if (second != null) {
      frame.flags |= DatagramLayout.FLAG_COPY;
    }
    boolean fitsFirst = fits(frame, to.first());
    boolean fitsSecond = second != null && fits(frame, second);
    if (!fitsFirst && !fitsSecond) {
      drop(frame, at, DropReason.UNKNOWN_TYPE);
      return;
    }
    if (fitsSecond && second != null) {
      transport.pass(fitsFirst ? frame.copy() : frame, at.format(), second, to.via());
    }
    if (fitsFirst) {
      transport.pass(frame, at.format(), to.first(), to.via());
    }
  }

  private static boolean fits(Frame frame, Link link) {
    return link.format() == LinkFormat.BINARY || frame.message.kind().isLegacy();
  }

  private static void count(Frame frame, SimulatedLink at, DropReason reason) {
    at.owner.node().counters().countDropped(reason);
    if (frame.journey != null) {
      frame.journey.lose(reason.name());
    }
  }

  /** Counts a drop, and tells the author if it was the only copy. */
  private void drop(Frame frame, SimulatedLink at, DropReason reason) {
    count(frame, at, reason);
    NoticeCode code = NoticeCode.about(reason);
    boolean legacy = frame.has(DatagramLayout.FLAG_UNVERIFIED);
    boolean only =
        !frame.has(DatagramLayout.FLAG_COPY) && !(legacy && reason == DropReason.NO_ROUTE);
    boolean told = at.format() == LinkFormat.BINARY && frame.message.kind() != MessageKind.NOTICE;
    long nowNs = network.nowNs();
    if (code != null && only && told && at.notices().take(nowNs)) {
      at.owner.node().notice(frame.from, code, frame.to, frame.nonce, frame.via, nowNs);
    }
  }

  /** {@code path} with {@code self} behind it. */
  static List<PeerId> append(List<PeerId> path, PeerId self) {
    List<PeerId> longer = new ArrayList<>(path.size() + 1);
    longer.addAll(path);
    longer.add(self);
    return longer;
  }
}
