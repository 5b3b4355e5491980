package org.peerrelay.lab.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Transit;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.binary.DatagramLayout;

/**
 * A datagram on its way over links, in either format, and the event of its arrival at the next. The
 * same object goes on from link to link; where two copies are made, one is new.
 */
final class Frame extends Event {
  final PeerId to;
  final PeerId from;
  final long nonce;
  final int attempt;
  final Message message;
  final @Nullable Journey journey;

  /** Bytes of the content in the binary format; -1 until somebody asks. */
  private int contentBytes = -1;

  /** In the binary format: what {@link DatagramLayout} says, as the three that follow. */
  int flags;

  int hopsLeft = DatagramLayout.MAX_HOPS;
  @Nullable PeerId via;

  /** In the legacy format: whom it has met. */
  List<PeerId> path = List.of();

  /** Whom it has met in either format, if it is watched. */
  @Nullable Trail trail;

  /** Where it arrives next. */
  private @Nullable SimulatedLink at;

  private Frame(
      PeerId to, PeerId from, long nonce, int attempt, Message message, @Nullable Journey journey) {
    this.to = to;
    this.from = from;
    this.nonce = nonce;
    this.attempt = attempt;
    this.message = message;
    this.journey = journey;
  }

  static Frame of(Header header, Message message, @Nullable Journey journey) {
    return new Frame(
        header.to(), header.from(), header.nonce(), header.attempt(), message, journey);
  }

  Frame copy() {
    Frame copy = new Frame(to, from, nonce, attempt, message, journey);
    copy.contentBytes = contentBytes;
    copy.flags = flags;
    copy.hopsLeft = hopsLeft;
    copy.via = via;
    copy.path = path;
    copy.trail = trail;
    return copy;
  }

  void arriveAt(SimulatedLink end) {
    at = end;
  }

  @Override
  void happen() {
    SimulatedLink end = at;
    if (end != null) {
      end.owner.network().wire().arrive(this, end);
    }
  }

  /** Its header, as the legacy format has it. */
  Header header() {
    return new Header(to, from, nonce, message.kind(), path, attempt);
  }

  /** Writes the header into {@code transit}. */
  void read(Transit transit) {
    transit.flags = flags;
    transit.sentOn = has(DatagramLayout.FLAG_SENT_ON);
    transit.hopsLeft = hopsLeft;
    transit.nonce = nonce;
    transit.attempt = attempt;
    set(transit.to, to);
    set(transit.from, from);
    PeerId located = via;
    if (located == null) {
      transit.via.set(0, 0, 0);
    } else {
      set(transit.via, located);
    }
  }

  private static void set(Transit.Id id, PeerId peer) {
    id.set(peer.high(), peer.middle(), peer.low());
  }

  /** Takes over what the router has changed in {@code transit}. */
  void write(Transit transit) {
    if (transit.via.isNone()) {
      via = null;
    } else if (via == null || !transit.via.is(via)) {
      via = transit.via.toPeerId();
    }
    flags |= transit.sentOn ? DatagramLayout.FLAG_SENT_ON : 0;
  }

  /**
   * How often it has changed where it goes: from its target's id to a relay that a pointer names,
   * and, if that is not the right one, once more to each.
   */
  int goal() {
    int named = via == null ? 0 : 1;
    return named + (has(DatagramLayout.FLAG_SENT_ON) ? 2 : 0);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** How many bytes it takes on a link, the head of the WebSocket frame included. */
  int sizeBytes(LinkFormat format, boolean masked) {
    if (format == LinkFormat.LEGACY) {
      return FrameSizes.webSocketBytes(FrameSizes.legacyBytes(header(), message), masked);
    }
    if (contentBytes < 0) {
      contentBytes = FrameSizes.contentBytes(message);
    }
    return FrameSizes.webSocketBytes(DatagramLayout.HEADER_BYTES + contentBytes, masked);
  }
}
