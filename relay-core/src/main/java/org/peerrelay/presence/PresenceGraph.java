package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;

/**
 * Who is linked with whom, and who can be reached from this peer, which is who is online. An edge
 * counts only while the newest records of both its ends name the other. One change costs what it
 * changes, see {@link SpanningTree}. Owned by its {@link PresenceNode}.
 */
final class PresenceGraph {
  private final GraphNode self;
  private final SpanningTree tree;
  private final IdMap<GraphNode> nodes = new IdMap<>();

  /** Those that are reachable, ourselves first. */
  private final IdMap<GraphNode> online = new IdMap<>();

  /** Since when the others are not, the longest first; without those that were pruned. */
  private final IdMap<Long> staleNs = new IdMap<>();

  /** Who has come and gone in the change that is being made; who does both does neither. */
  private final Set<PeerId> joined = new LinkedHashSet<>();

  private final Set<PeerId> left = new LinkedHashSet<>();

  PresenceGraph(PeerId self) {
    this.self = new GraphNode(self);
    this.tree = new SpanningTree(this.self, this::reached, this::lost);
    nodes.put(self, this.self);
    online.put(self, this.self);
  }

  private void reached(GraphNode node) {
    online.put(node.peer, node);
    if (!left.remove(node.peer)) {
      joined.add(node.peer);
    }
  }

  private void lost(GraphNode node) {
    online.remove(node.peer);
    if (!joined.remove(node.peer)) {
      left.add(node.peer);
    }
  }

  /** Those that are online, ourselves first: a live view. */
  Set<PeerId> online() {
    return Collections.unmodifiableSet(online.keySet());
  }

  boolean isOnline(PeerId peer) {
    return online.containsKey(peer);
  }

  /** Works a newer record in. */
  GraphChange update(LinksRecord record, long nowNs) {
    GraphNode node = see(record.peer(), nowNs);
    node.record = record;
    List<PeerId> linked = link(node, record.neighbours());
    List<GraphNode> gone = new ArrayList<>(0);
    for (GraphNode neighbour : node.neighbours) {
      if (!node.claims(neighbour)) {
        gone.add(neighbour);
      }
    }
    List<PeerId> unlinked = unlink(node, gone);
    return change(linked, unlinked, nowNs);
  }

  /** The node of a peer that has said something; if it is not online, it is pruned in time. */
  GraphNode see(PeerId peer, long nowNs) {
    GraphNode node = nodes.get(peer);
    if (node == null) {
      node = new GraphNode(peer);
      nodes.put(peer, node);
    }
    if (!node.reachable && !staleNs.containsKey(peer)) {
      staleNs.put(peer, nowNs);
    }
    return node;
  }

  private List<PeerId> link(GraphNode node, List<PeerId> claimed) {
    List<PeerId> linked = new ArrayList<>(0);
    for (PeerId peer : claimed) {
      GraphNode other = nodes.get(peer);
      if (other != null && other.claims(node) && !node.neighbours.contains(other)) {
        node.neighbours.add(other);
        other.neighbours.add(node);
        tree.link(node, other);
        linked.add(peer);
      }
    }
    return linked;
  }

  /** Takes edges away; the one to the parent last, so that the others are looked at only once. */
  private List<PeerId> unlink(GraphNode node, List<GraphNode> gone) {
    GraphNode parent = node.parent;
    if (parent != null && gone.remove(parent)) {
      gone.add(parent);
    }
    List<PeerId> unlinked = new ArrayList<>(gone.size());
    for (GraphNode other : gone) {
      node.neighbours.remove(other);
      other.neighbours.remove(node);
      tree.unlink(node, other);
      unlinked.add(other.peer);
    }
    return unlinked;
  }

  private GraphChange change(List<PeerId> linked, List<PeerId> unlinked, long nowNs) {
    joined.forEach(staleNs::remove);
    for (PeerId peer : left) {
      staleNs.put(peer, nowNs);
    }
    GraphChange change =
        new GraphChange(
            linked, unlinked, List.copyOf(joined), List.copyOf(left), tree.takeVisited());
    joined.clear();
    left.clear();
    return change;
  }

  /** A member has left the swarm: takes its node away. Null if it had none. */
  @Nullable GraphChange remove(PeerId peer, long nowNs) {
    GraphNode node = nodes.get(peer);
    if (node == null || node == self) {
      return null;
    }
    List<PeerId> unlinked = unlink(node, new ArrayList<>(node.neighbours));
    GraphChange change = change(List.of(), unlinked, nowNs);
    nodes.remove(peer);
    staleNs.remove(peer);
    return change;
  }

  /** Those that have not been reachable for so long; each is told once each time. */
  List<PeerId> prune(long ageNs, long nowNs) {
    List<PeerId> pruned = new ArrayList<>(0);
    Iterator<Map.Entry<PeerId, Long>> oldest = staleNs.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<PeerId, Long> entry = oldest.next();
      if (nowNs - entry.getValue() < ageNs) {
        break;
      }
      pruned.add(entry.getKey());
      oldest.remove();
    }
    return pruned;
  }
}
