package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.peerrelay.message.Payload;
import org.peerrelay.relay.Link;

/**
 * Watches some of the peers whose relay has died: four times a second somebody else writes to each,
 * until a datagram arrives.
 */
final class RepairWatch {
  private static final double MS = 1e6;
  private static final double S_IN_MS = 1e3;
  private static final long PROBE_NS = 250_000_000L;
  private static final long GIVE_UP_NS = 120_000_000_000L;

  /** A datagram that has not come after so long does not come. */
  private static final long LATEST_NS = Conversations.ONCE_NS;

  private static final int PEERS_PER_DEATH = 2;
  private static final int MAX_WATCHED = 500;
  private static final int DIGITS = 3;

  private final Network network;
  private final Nodes nodes;
  private final RandomGenerator random;
  private final Payload payload = Payload.bytes(new byte[8]);
  private final Histogram ms = new Histogram(DIGITS);
  private boolean watching;
  private int watched;
  private long givenUp;

  RepairWatch(Network network, Nodes nodes, RandomGenerator random) {
    this.network = network;
    this.nodes = nodes;
    this.random = random;
  }

  /** From now on deaths count, or no more. */
  void watch(boolean begins) {
    watching = begins;
  }

  /** A node is about to die. */
  void onDeath(Host host) {
    if (!watching || host.role() != NodeRole.RELAY || nodes.peers().size() < 2) {
      return;
    }
    int taken = 0;
    for (Link link : host.node().router().links()) {
      Host peer = ((SimulatedLink) link).other;
      if (peer.role() != NodeRole.RELAY && peer.isRunning() && watched < MAX_WATCHED) {
        watched++;
        taken++;
        new Watch(peer).probe();
      }
      if (taken == PEERS_PER_DEATH) {
        return;
      }
    }
  }

  private final class Watch {
    private final Host peer;
    private final long sinceNs = network.nowNs();
    private final List<Journey> probes = new ArrayList<>();

    Watch(Host peer) {
      this.peer = peer;
    }

    void probe() {
      long nowNs = network.nowNs();
      long reachedNs = Long.MAX_VALUE;
      for (Journey probe : probes) {
        reachedNs = probe.arrivals > 0 ? Math.min(reachedNs, probe.arrivedNs) : reachedNs;
      }
      if (reachedNs != Long.MAX_VALUE) {
        ms.recordValue((long) ((reachedNs - sinceNs) / MS));
        watched--;
      } else if (!peer.isRunning() || nodes.peers().size() < 2) {
        watched--;
      } else if (nowNs - sinceNs >= GIVE_UP_NS) {
        givenUp++;
        watched--;
      } else {
        probes.removeIf(probe -> nowNs - probe.sentNs > LATEST_NS);
        send(nowNs);
        network.after(PROBE_NS, this::probe);
      }
    }

    /** The first goes out as the relay dies: after that, in the order of events. */
    private void send(long nowNs) {
      Host from = nodes.peers().any(random);
      if (from != peer) {
        Journey probe = new Journey(from, peer, nowNs);
        probes.add(probe);
        from.send(probe, payload);
      }
    }
  }

  Repair repair() {
    return new Repair(Distribution.of(ms, S_IN_MS), givenUp);
  }
}
