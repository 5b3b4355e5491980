package org.peerrelay.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Tag;
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

  /**
   * Dials {@code url} to see whether {@code peer} answers there, without making a link, and reports
   * that to the node.
   */
  void verify(String url, PeerId peer);

  /** Closes a link with what is queued on it sent first. */
  void close(Link link, CloseReason reason);

  /** Sends a ping that the other end answers at once. */
  void ping(Link link);

  /**
   * Tells the other end of a link of protocol 2 that this node goes down soon, and is not to be
   * dialed for {@code delayMs} milliseconds.
   */
  void tellGoingDown(Link link, int delayMs);

  /**
   * A pointer that is issued now, which says that {@code peer} is at {@code relays}; signed if it
   * is this node's own. Here, since the wall clock and the key are.
   */
  Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS);

  /** This node's word that it is a member of a swarm, or leaves it, issued now and signed. */
  Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving);

  /** Whether the signature of a membership holds. Takes a tenth of a millisecond. */
  boolean holds(Membership membership);

  /**
   * Sends a datagram of this node's own to one link or two. Any thread.
   *
   * @param wantsAnswer whether the target is asked to tell that it has arrived
   */
  void transmit(Header header, Message message, boolean wantsAnswer, Verdict.Forward to);
}
