package org.peerrelay.lab.simulation;

import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Link;

/** Looks at every node at the end of measuring. */
final class Survey {
  private static final int DIGITS = 3;
  private static final double NS = 1e9;

  private final Network network;
  private final Nodes nodes;
  private final long beganNs;

  /**
   * At the present moment.
   *
   * @param beganNs when measuring began
   */
  Survey(Network network, Nodes nodes, long beganNs) {
    this.network = network;
    this.nodes = nodes;
    this.beganNs = beganNs;
  }

  RoleFindings role(NodeRole role) {
    Histogram links = new Histogram(DIGITS);
    Histogram relayLinks = new Histogram(DIGITS);
    Histogram pointers = new Histogram(DIGITS);
    Histogram controlBytesPerS = new Histogram(DIGITS);
    Members members = role == NodeRole.RELAY ? nodes.relays() : nodes.peers();
    int count = 0;
    for (Host host : members) {
      if (host.role() == role && !host.isAttacker()) {
        count++;
        links.recordValue(host.node().router().links().size());
        relayLinks.recordValue(relayLinks(host));
        pointers.recordValue(host.node().router().pointers().size());
        controlBytesPerS.recordValue(controlBytesPerS(host));
      }
    }
    RoleState state =
        new RoleState(
            count,
            Distribution.of(links, 1),
            Distribution.of(relayLinks, 1),
            Distribution.of(pointers, 1));
    RoleTraffic traffic =
        new RoleTraffic(
            Distribution.of(controlBytesPerS, 1),
            network.tallies().sent(role).frames(),
            network.tallies().sent(role).bytes());
    return new RoleFindings(state, traffic);
  }

  private static int relayLinks(Host host) {
    int count = 0;
    for (Link link : host.node().router().links()) {
      count += link.relays() ? 1 : 0;
    }
    return count;
  }

  private long controlBytesPerS(Host host) {
    double seconds = (network.nowNs() - Math.max(beganNs, host.sinceNs())) / NS;
    return seconds < 1 ? 0 : Math.round(host.controlBytes / seconds);
  }

  /** What the nodes that are there have dropped since they came. */
  SortedMap<String, Long> drops() {
    SortedMap<String, Long> drops = new TreeMap<>();
    nodes.relays().forEach(host -> addDrops(host, drops));
    nodes.peers().forEach(host -> addDrops(host, drops));
    return drops;
  }

  private static void addDrops(Host host, SortedMap<String, Long> drops) {
    Counters.Snapshot counters = host.node().counters().snapshot();
    for (DropReason reason : DropReason.values()) {
      long count = counters.dropped().getOrDefault(reason, 0L);
      if (count > 0) {
        drops.merge(reason.name(), count, Long::sum);
      }
    }
  }
}
