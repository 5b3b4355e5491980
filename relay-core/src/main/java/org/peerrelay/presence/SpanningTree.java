package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are reachable from a root, while edges come and go: a spanning tree whose nodes know
 * their parents. An edge between two reachable nodes costs nothing when it comes, nor when it goes
 * and is not in the tree. One that is in the tree and goes cuts a subtree off, which is searched
 * from its top for another edge that leads out of it; mostly its top has one. The nearest way to
 * the root is taken, so that the tree stays low and ways to the root short.
 *
 * <p>Owned by its {@link PresenceGraph}, which changes the nodes' neighbours first and then tells
 * of it here.
 */
final class SpanningTree {
  /** The distance of a node that is in the subtree that was cut off. */
  static final int CUT_OFF = -1;

  private final GraphNode root;
  private final Consumer<GraphNode> reached;
  private final Consumer<GraphNode> lost;
  private final List<GraphNode> path = new ArrayList<>();
  private long search;
  private int visited;

  /** {@code reached} and {@code lost} are told of nodes whose reachability changes. */
  SpanningTree(GraphNode root, Consumer<GraphNode> reached, Consumer<GraphNode> lost) {
    this.root = root;
    this.reached = reached;
    this.lost = lost;
    root.reachable = true;
  }

  /** How many nodes were looked at since the last call. */
  int takeVisited() {
    int count = visited;
    visited = 0;
    return count;
  }

  /** An edge has come. */
  void link(GraphNode one, GraphNode other) {
    if (one.reachable && !other.reachable) {
      hang(other, one);
    } else if (other.reachable && !one.reachable) {
      hang(one, other);
    }
  }

  /** Hangs a node, and all that can be reached through it, under {@code parent}. */
  private void hang(GraphNode top, GraphNode parent) {
    List<GraphNode> queue = new ArrayList<>();
    reach(top, parent, queue);
    for (int i = 0; i < queue.size(); i++) {
      GraphNode node = queue.get(i);
      for (GraphNode neighbour : node.neighbours) {
        if (!neighbour.reachable) {
          reach(neighbour, node, queue);
        }
      }
    }
  }

  private void reach(GraphNode node, GraphNode parent, List<GraphNode> queue) {
    visited++;
    node.parent = parent;
    node.reachable = true;
    queue.add(node);
    reached.accept(node);
  }

  /** An edge has gone. */
  void unlink(GraphNode one, GraphNode other) {
    if (one.parent == other) {
      cut(one);
    } else if (other.parent == one) {
      cut(other);
    }
  }

  private void cut(GraphNode top) {
    search++;
    top.parent = null;
    mark(top, CUT_OFF);
    List<GraphNode> subtree = new ArrayList<>();
    subtree.add(top);
    for (int i = 0; i < subtree.size(); i++) {
      GraphNode node = subtree.get(i);
      GraphNode outside = nearestOutside(node);
      if (outside != null) {
        rehang(node, outside);
        return;
      }
      for (GraphNode neighbour : node.neighbours) {
        if (neighbour.parent == node) {
          mark(neighbour, CUT_OFF);
          subtree.add(neighbour);
        }
      }
    }
    for (GraphNode node : subtree) {
      node.parent = null;
      node.reachable = false;
      lost.accept(node);
    }
  }

  private void mark(GraphNode node, int distance) {
    if (node.search != search) {
      visited++;
    }
    node.search = search;
    node.distance = distance;
  }

  /** Of the neighbours that are not in the subtree, the one with the shortest way to the root. */
  private @Nullable GraphNode nearestOutside(GraphNode node) {
    GraphNode nearest = null;
    int least = Integer.MAX_VALUE;
    for (GraphNode neighbour : node.neighbours) {
      if (neighbour.parent != node) {
        int distance = distance(neighbour);
        if (distance != CUT_OFF && distance < least) {
          nearest = neighbour;
          least = distance;
        }
      }
    }
    return nearest;
  }

  /** How far a node is from the root, or {@link #CUT_OFF}; remembered for all on its way. */
  private int distance(GraphNode from) {
    path.clear();
    GraphNode node = from;
    while (node.search != search && node != root) {
      path.add(node);
      GraphNode parent = node.parent;
      if (parent == null) {
        throw new IllegalStateException(
            "way to the root: ends at " + node.peer + " (expected: the root, or what was cut off)");
      }
      node = parent;
    }
    int distance = node == root ? 0 : node.distance;
    for (int i = path.size() - 1; i >= 0; i--) {
      if (distance != CUT_OFF) {
        distance++;
      }
      mark(path.get(i), distance);
    }
    return distance;
  }

  /** Makes {@code node} the top of its subtree, by turning its way to the top, and hangs it up. */
  private static void rehang(GraphNode node, GraphNode parent) {
    GraphNode above = parent;
    GraphNode current = node;
    while (current != null) {
      GraphNode below = current.parent;
      current.parent = above;
      above = current;
      current = below;
    }
  }
}
