package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/** A peer in the graph. Its edges are {@link PresenceGraph}'s, its tree {@link SpanningTree}'s. */
final class GraphNode {
  final PeerId peer;

  /** What it said last; null until it has said anything. */
  @Nullable LinksRecord record;

  /** The peers that it is linked with, as both say. */
  final List<GraphNode> neighbours = new ArrayList<>(0);

  /** Whether a path leads from the root to it. */
  boolean reachable;

  /** The next node on the way to the root; null for the root, and where there is no way. */
  @Nullable GraphNode parent;

  /** The search that has looked at it last. */
  long search;

  /** What that has found: how far it is from the root, or {@link SpanningTree#CUT_OFF}. */
  int distance;

  GraphNode(PeerId peer) {
    this.peer = peer;
  }

  /** Whether it says that it is linked with {@code other}. */
  boolean claims(GraphNode other) {
    return record != null && record.neighbours().contains(other.peer);
  }
}
