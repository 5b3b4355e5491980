package org.peerrelay.daemon.admin;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.transport.LinkStatus;
import org.peerrelay.transport.NodeStatus;

/** All that {@code relay status} shows, as a JSON tree. Of what never happened nothing is said. */
final class StatusTree {
  private StatusTree() {}

  /** What there is to know of {@code peer} and of what it serves over HTTP. */
  static Map<String, Object> of(
      Peer peer, String version, HttpSide http, Health health, LoopLag lag) {
    NodeStatus node = peer.status();
    Counters.Snapshot counters = node.counters();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("relay", relay(peer, version));
    tree.put("failing", Health.failing(health.ready()));
    tree.put("links", links(node.links()));
    tree.put("datagrams", datagrams(counters));
    tree.put("dropped", byName(counters.dropped()));
    tree.put("bytes", bytes(node));
    tree.put("table", table(node));
    tree.put("handshakes", handshakes(counters));
    tree.put("closed", byName(counters.closed()));
    tree.put("refused", byName(counters.refused()));
    tree.put("http", http(http));
    tree.put("loopLagMs", lag.worstMs());
    tree.put("memory", memory());
    return tree;
  }

  private static Map<String, @Nullable Object> relay(Peer peer, String version) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    long upMs = ManagementFactory.getRuntimeMXBean().getUptime();
    tree.put("id", peer.id().hex());
    tree.put("url", peer.url());
    tree.put("version", version);
    tree.put("upS", TimeUnit.MILLISECONDS.toSeconds(upMs));
    return tree;
  }

  private static Map<String, Object> links(List<LinkStatus> links) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("all", links.size());
    tree.put("protocol2", count(links, link -> link.format() == LinkFormat.BINARY));
    tree.put("legacy", count(links, link -> link.format() == LinkFormat.LEGACY));
    tree.put("relays", count(links, LinkStatus::relay));
    tree.put("leaves", count(links, link -> !link.relay()));
    return tree;
  }

  static long count(List<LinkStatus> links, Predicate<LinkStatus> which) {
    return links.stream().filter(which).count();
  }

  private static Map<String, Object> datagrams(Counters.Snapshot counters) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("received", counters.received());
    tree.put("originated", counters.originated());
    tree.put("forwarded", counters.forwarded());
    tree.put("delivered", counters.delivered());
    tree.put("dropped", counters.droppedInAll());
    return tree;
  }

  private static Map<String, Object> bytes(NodeStatus node) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("received", node.traffic().receivedBytes());
    tree.put("sent", node.traffic().sentBytes());
    tree.put("queued", node.links().stream().mapToLong(LinkStatus::queueBytes).sum());
    return tree;
  }

  private static Map<String, Object> table(NodeStatus node) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("relays", count(node.links(), LinkStatus::inTable));
    tree.put("spares", count(node.links(), link -> link.inside() && !link.inTable()));
    tree.put("pointers", node.pointersHeld());
    tree.put("swarms", node.swarms());
    tree.put("swarm-members", node.swarmMembers());
    return tree;
  }

  private static Map<String, Object> handshakes(Counters.Snapshot counters) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("linked", counters.linked());
    if (counters.abandoned() > 0) {
      tree.put("hung-up", counters.abandoned());
    }
    tree.putAll(byName(counters.unlinked()));
    return tree;
  }

  private static Map<String, Object> http(HttpSide http) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("requests", http.counters().requests());
    tree.put("streams", http.counters().streams());
    tree.put("channels", http.channels().getAsInt());
    tree.put("sessions", http.sessions().getAsInt());
    tree.put("refused", new TreeMap<>(http.counters().refused()));
    return tree;
  }

  private static Map<String, Object> memory() {
    Runtime jvm = Runtime.getRuntime();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("heapBytes", jvm.totalMemory() - jvm.freeMemory());
    tree.put("maxHeapBytes", jvm.maxMemory());
    return tree;
  }

  private static <E extends Enum<E>> Map<String, Object> byName(Map<E, Long> counts) {
    Map<String, Object> tree = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          if (count > 0) {
            tree.put(LinkTree.name(name), count);
          }
        });
    return tree;
  }
}
