package org.peerrelay.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Transit;

/** A router, and shorthand for what happens to it. Every datagram has another nonce. */
final class RouterScene {
  static final PeerId SELF = id(0x5e1f);
  static final long LIFETIME_NS = 1_000;

  final Router router =
      new Router(SELF, new RouterConfig(1_000, LIFETIME_NS, 100, 100, 3, true), new Random(1));

  private long nonce;

  /** Ids of a small number are the nearer to one another, the fewer high bits they differ in. */
  static PeerId id(long number) {
    return new PeerId(number << 32, 0, 0);
  }

  /** Attaches links and refreshes the table. */
  RouterScene with(Link... links) {
    for (Link link : links) {
      router.attach(link);
    }
    router.refresh();
    return this;
  }

  /** A user's datagram whose author is the first of its path. */
  Header datagram(PeerId to, PeerId... path) {
    return new Header(to, path[0], nonce++, MessageKind.USER, List.of(path));
  }

  /** A datagram that has come {@code hops} nodes far, the last of which is {@code neighbour}. */
  Header travelled(PeerId to, int hops, PeerId neighbour) {
    List<PeerId> path = new ArrayList<>();
    for (int i = 1; i < hops; i++) {
      path.add(id(0x1000_0000L + i));
    }
    path.add(neighbour);
    return new Header(to, path.get(0), nonce++, MessageKind.USER, path);
  }

  /** A datagram of our own. */
  Header own(PeerId to) {
    return new Header(to, SELF, nonce++, MessageKind.USER, List.of());
  }

  /** A protocol 2 datagram that has {@code hopsLeft}, and is not located. */
  Transit transit(PeerId to, PeerId from, int hopsLeft) {
    Transit transit = new Transit();
    transit.nonce = nonce++;
    transit.hopsLeft = hopsLeft;
    set(transit.to, to);
    set(transit.from, from);
    return transit;
  }

  static void set(Transit.Id field, PeerId id) {
    field.set(id.high(), id.middle(), id.low());
  }

  Verdict route(Transit datagram, Link ingress) {
    return router.route(datagram, MessageKind.USER, ingress, 0);
  }

  Verdict route(Header header, Link ingress) {
    return router.route(header, null, ingress, 0);
  }

  /** A neighbour writes to somebody, and lets the router see what. */
  Verdict says(Link author, PeerId to, Message message) {
    Header header = new Header(to, author.peer(), nonce++, message.kind(), List.of(author.peer()));
    return router.route(header, message, author, 0);
  }

  static Verdict drop(DropReason reason) {
    return new Verdict.Drop(reason);
  }

  static Verdict forward(Link first, @Nullable Link second) {
    return new Verdict.Forward(first, second, null);
  }
}
