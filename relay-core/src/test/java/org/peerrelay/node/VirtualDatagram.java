package org.peerrelay.node;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Transit;

/** A protocol 2 datagram between the nodes of a {@link VirtualNetwork}: a header without bytes. */
record VirtualDatagram(
    PeerId to,
    PeerId from,
    long nonce,
    int attempt,
    int hopsLeft,
    @Nullable PeerId via,
    Message message) {
  static VirtualDatagram of(Header header, Message message, @Nullable PeerId via) {
    return new VirtualDatagram(
        header.to(),
        header.from(),
        header.nonce(),
        header.attempt(),
        Header.MAX_PATH,
        via,
        message);
  }

  Transit transit() {
    Transit transit = new Transit();
    transit.hopsLeft = hopsLeft;
    transit.attempt = attempt;
    transit.nonce = nonce;
    set(transit.to, to);
    set(transit.from, from);
    if (via != null) {
      set(transit.via, via);
    }
    return transit;
  }

  private static void set(Transit.Id id, PeerId peer) {
    id.set(peer.high(), peer.middle(), peer.low());
  }

  /** As it goes on, with one hop less, to where the router has located it. */
  VirtualDatagram onward(Transit routed) {
    PeerId located = routed.via.isNone() ? null : routed.via.toPeerId();
    return new VirtualDatagram(to, from, nonce, attempt, hopsLeft - 1, located, message);
  }
}
