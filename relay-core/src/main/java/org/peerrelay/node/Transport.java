package org.peerrelay.node;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Verdict;

/** What a node needs of whatever moves its bytes: sockets, or a simulated network. */
public interface Transport {
  /**
   * Dials a WebSocket URL, and reports the link or the failure to the node.
   *
   * @param expected the peer that must answer, where the URL was learned from the network; null for
   *     a URL that the operator gave
   */
  void dial(String url, @Nullable PeerId expected);

  /** Closes a link with what is queued on it sent first. */
  void close(Link link, CloseReason reason);

  /** Sends a ping that the other end answers at once. */
  void ping(Link link);

  /** Sends a datagram of this node's own to one link or two. Any thread. */
  void transmit(Header header, Message message, Verdict.Forward to);
}
