package org.peerrelay.overlay;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.relay.Link;

/**
 * What the control plane wants done. Called on the control loop; none of it may block or call back
 * into the overlay before it has returned.
 */
public interface Effects {
  /**
   * Dials a WebSocket URL and reports a link, or a failure, to the overlay.
   *
   * @param expected the peer that must answer, where the URL was learned from the network; null for
   *     a URL that the operator gave, which may be of any kind
   */
  void dial(String url, @Nullable PeerId expected);

  /**
   * Dials {@code url} to see whether {@code peer} answers there, without making a link, and reports
   * to the overlay. URLs learned from the network are not all dialed.
   */
  void verify(String url, PeerId peer);

  /** Closes a link. Its end is reported as any other's, whether it had been accepted or not. */
  void close(Link link, CloseReason reason);

  /** Sends a WebSocket ping, whose pong will count as heard. */
  void ping(Link link);

  /**
   * Tells the other end of a link of protocol 2 that this node goes down soon, and is not to be
   * dialed for {@code delayMs} milliseconds.
   */
  void tellGoingDown(Link link, int delayMs);

  /**
   * Pings {@code to}, which may be this node itself, by a datagram over {@code over}, whatever way
   * others would take.
   *
   * @return the datagram's nonce, by which the answer is known
   */
  long probe(Link over, PeerId to);

  /** Sends a datagram of this node's own, as unreliably as any other, the straight way. */
  default void send(PeerId to, Message message) {
    send(to, message, 0);
  }

  /** As {@link #send(PeerId, Message)}, another way at each attempt. */
  void send(PeerId to, Message message, int attempt);

  /**
   * A pointer that is issued now, which says that {@code peer} is at {@code relays}; signed if it
   * is this node's own.
   */
  Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS);

  /** A neighbour is linked. */
  void linked(PeerId peer);

  /** A relay has its place in the table: datagrams for others go over its link from now on. */
  void admitted(Link link);

  /** A neighbour's link is gone. */
  void unlinked(PeerId peer);

  /** A direct link that was asked for did not come about. */
  void connectFailed(PeerId peer, ConnectFailure failure);
}
