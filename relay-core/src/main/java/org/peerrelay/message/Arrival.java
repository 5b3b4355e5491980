package org.peerrelay.message;

import org.peerrelay.id.PeerId;

/**
 * How a datagram for this node came in.
 *
 * @param from its author
 * @param nonce tells it apart from others of the same author
 * @param over the neighbour whose link it came over
 * @param hops over how many links it came: 1 if straight from its author
 * @param provenance how far the author is known
 * @param wantsAnswer whether the author asks to be told that it has arrived
 * @param attempt which of the ways it came, 0 to 255; what answers it goes the same
 */
public record Arrival(
    PeerId from,
    long nonce,
    PeerId over,
    int hops,
    Provenance provenance,
    boolean wantsAnswer,
    int attempt) {
  /** By the straight way. */
  public Arrival(
      PeerId from, long nonce, PeerId over, int hops, Provenance provenance, boolean wantsAnswer) {
    this(from, nonce, over, hops, provenance, wantsAnswer, 0);
  }
}
