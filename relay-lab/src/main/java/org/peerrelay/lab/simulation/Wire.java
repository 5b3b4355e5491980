package org.peerrelay.lab.simulation;

import java.util.random.RandomGenerator;
import org.peerrelay.relay.LinkFormat;

/** Moves frames over links, and loses, doubles and delays them as the link model says. */
final class Wire {
  private static final double MS = 1e6;

  /** A WebSocket frame with nothing in it: a ping or a pong. */
  private static final int EMPTY = 0;

  /** As an acceptor sees a dialer; most are as long. */
  private static final String OBSERVED_ADDRESS = "100.100.100.10:50000";

  /** An overtaken datagram takes up to so many latencies longer. */
  private static final int OVERTAKEN_LATENCIES = 4;

  private final Network network;
  private final LinkModel model;
  private final RandomGenerator random;
  private final Tallies tallies;

  Wire(Network network, LinkModel model, RandomGenerator random, Tallies tallies) {
    this.network = network;
    this.model = model;
    this.random = random;
    this.tallies = tallies;
  }

  /** Sends {@code frame} from one end of a link; it is the wire's from now on. */
  void send(SimulatedLink from, Frame frame) {
    if (!from.open) {
      lose(frame, "link closed");
      return;
    }
    if (tallies.counts(from.owner)) {
      int sizeBytes = frame.sizeBytes(from.format(), from.masks());
      tallies.onSent(from.owner, frame.message.kind(), sizeBytes);
    }
    if (frame.journey != null) {
      frame.journey.frames++;
    }
    if (network.isApart(from.owner, from.other)) {
      lose(frame, "partition");
    } else if (happens(model.loss())) {
      lose(frame, "loss");
    } else {
      if (happens(model.duplication())) {
        launch(from, frame.copy());
      }
      launch(from, frame);
    }
  }

  private boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  private void launch(SimulatedLink from, Frame frame) {
    SimulatedLink to = from.otherEnd();
    long jitterNs = model.jitterMs() > 0 ? (long) (model.jitterMs() * MS * random.nextDouble()) : 0;
    long arrivalNs = network.nowNs() + from.latencyNs + jitterNs;
    if (happens(model.reordering())) {
      arrivalNs += (long) (OVERTAKEN_LATENCIES * from.latencyNs * random.nextDouble());
    } else {
      arrivalNs = Math.max(arrivalNs, to.lastArrivalNs);
      to.lastArrivalNs = arrivalNs;
    }
    frame.arriveAt(to);
    network.at(arrivalNs, frame);
  }

  /** {@code frame} comes in at one end of a link. */
  void arrive(Frame frame, SimulatedLink at) {
    if (!at.owner.isRunning()) {
      lose(frame, "dead node");
    } else if (!at.open) {
      lose(frame, "link closed");
      network.reset(at.otherEnd());
    } else {
      at.heard(network.nowNs());
      at.owner.receive(frame, at);
    }
  }

  private void lose(Frame frame, String reason) {
    tallies.onLostOnWire(reason);
    if (frame.journey != null) {
      frame.journey.lose(reason);
    }
  }

  /**
   * A ping and, if the other end lives, its pong. No events: that both will arrive is known at
   * once.
   */
  void ping(SimulatedLink from) {
    SimulatedLink other = from.otherEnd();
    int ping = FrameSizes.webSocketBytes(EMPTY, from.masks());
    tallies.onKeptAlive(from.owner, ping);
    boolean reached = from.open && !network.isApart(from.owner, from.other);
    if (!reached || !from.other.isRunning()) {
      return;
    }
    if (!other.open) {
      network.reset(from);
      return;
    }
    tallies.onKeptAlive(from.other, FrameSizes.webSocketBytes(EMPTY, other.masks()));
    other.heard(network.nowNs() + from.latencyNs);
    from.heard(network.nowNs() + 2 * from.latencyNs);
  }

  /** A link has been opened: both ends have sent HELLO and PROOF. */
  void opened(SimulatedLink dialers) {
    if (dialers.format() == LinkFormat.BINARY) {
      String authority = FrameSizes.authority(dialers.dialedUrl());
      tallies.onOpened(
          dialers.owner, FrameSizes.openingBytes(dialers.owner.url(), authority, true));
      tallies.onOpened(
          dialers.other, FrameSizes.openingBytes(dialers.other.url(), OBSERVED_ADDRESS, false));
    }
  }

  /** What two hosts speak with each other. */
  static LinkFormat format(Host one, Host other) {
    boolean legacy = one.role() == NodeRole.LEGACY || other.role() == NodeRole.LEGACY;
    return legacy ? LinkFormat.LEGACY : LinkFormat.BINARY;
  }
}
