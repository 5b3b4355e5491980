package org.peerrelay.transport;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.peerrelay.message.CloseReason;

/**
 * The links of one node, those that are and the last that were, for people who look at it; routing
 * knows nothing of this. Any thread; the lock is taken when a link comes or goes, or when somebody
 * looks, and never for a datagram.
 */
final class LinkRegistry {
  /** As many ended links are remembered: enough to see a pattern, and some 300 kB at most. */
  static final int MAX_CLOSED = 1_000;

  private final Set<WebSocketLink> open = new HashSet<>();
  private final Deque<ClosedLink> closed = new ArrayDeque<>();
  private Traffic ended = Traffic.NONE;

  synchronized void add(WebSocketLink link) {
    open.add(link);
  }

  /**
   * A link is no more. One that was refused is not remembered, lest strangers push out all that
   * were links.
   *
   * @param theirCode the close code of the other end; 0 if it gave none
   */
  void remove(WebSocketLink link, int theirCode) {
    LinkStatus last = link.status(System.nanoTime());
    CloseReason ours = link.closing();
    ClosedLink end = new ClosedLink(last, Instant.now(), ours, theirCode);
    synchronized (this) {
      if (!open.remove(link)) {
        return;
      }
      ended = ended.plus(last.traffic());
      if (closed.size() == MAX_CLOSED) {
        closed.removeFirst();
      }
      closed.addLast(end);
    }
  }

  /** All links that there are. */
  List<LinkStatus> open() {
    List<WebSocketLink> links;
    synchronized (this) {
      links = List.copyOf(open);
    }
    long nowNs = System.nanoTime();
    return links.stream().map(link -> link.status(nowNs)).toList();
  }

  /** The last links that have ended, the oldest first. */
  synchronized List<ClosedLink> closed() {
    return List.copyOf(closed);
  }

  /** What went over all links since the node began. Never less than before. */
  synchronized Traffic traffic() {
    Traffic all = ended;
    for (WebSocketLink link : open) {
      all = all.plus(link.counts().traffic());
    }
    return all;
  }
}
