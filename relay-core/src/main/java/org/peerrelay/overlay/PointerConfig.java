package org.peerrelay.overlay;

import java.util.concurrent.TimeUnit;

/**
 * The constants of pointers.
 *
 * @param lifetimeS how long a published pointer counts. What a crashed peer leaves behind misleads
 *     for so long at most
 * @param refreshNs how often it is published again; several times in its life, since any of those
 *     may be lost
 * @param copies how many relays keep a copy, beside the one where the pointer ends up. All of them
 *     would have to go at once for the peer to be lost until it publishes again
 * @param hintLifetimeS how long it counts that a peer was heard of from a relay
 * @param askNs how long an answer to a question may take, and a peer that nobody knows is not asked
 *     for again
 * @param maxAsked how many questions are open at once; neighbours decide whom they write to
 * @param perTick how many pointers are published again, and handed over, at each tick, so that a
 *     relay with many peers does not send all of them at once
 */
public record PointerConfig(
    int lifetimeS,
    long refreshNs,
    int copies,
    int hintLifetimeS,
    long askNs,
    int maxAsked,
    int perTick) {
  /** For every node. */
  public static final PointerConfig DEFAULT =
      new PointerConfig(
          900, TimeUnit.MINUTES.toNanos(5), 5, 60, TimeUnit.SECONDS.toNanos(2), 1_024, 200);
}
