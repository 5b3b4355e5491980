package org.peerrelay.overlay;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.peerrelay.relay.Attempts;

/**
 * The constants of pointers.
 *
 * @param lifetimeS how long a published pointer counts. What a crashed peer leaves behind misleads
 *     for so long at most; a notice tells the sender so
 * @param refreshNs how often it is published again; three times in its life, since any of those may
 *     be lost. Most of what a quiet relay sends are the pointers of its peers
 * @param firstRefreshNs how long after its first pointer a leaf publishes the second; each further
 *     wait is as long as all before together, up to {@code refreshNs}. What was published in a
 *     network that has just begun went over relays that nobody had probed. Five more in 15 minutes
 * @param ways the attempts as which a pointer is published, so that the same attempts of its
 *     senders meet it: the straight way, and one that evades, for whoever has surrounded a peer's
 *     id with relays keeps the pointer on the straight way to himself. The first relay that the
 *     pointer names takes the first, and so on in turn: each further one costs as much again
 * @param hintLifetimeS how long it counts that a peer was heard of from a relay
 * @param askNs how long an answer to a question may take, and a peer that nobody knows is not asked
 *     for again the same way
 * @param maxAsked how many questions are open at once; neighbours decide whom they write to
 * @param perTick how many pointers are published again, and handed over, at each tick, so that a
 *     relay with many peers does not send all of them at once
 * @param handoverNs the time between two that are handed over to one relay: a little longer than if
 *     there were 100 a second, which is what a relay takes from a link that has no place yet
 */
public record PointerConfig(
    int lifetimeS,
    long refreshNs,
    long firstRefreshNs,
    List<Integer> ways,
    int hintLifetimeS,
    long askNs,
    int maxAsked,
    int perTick,
    long handoverNs) {
  /** For every node. */
  public static final PointerConfig DEFAULT =
      new PointerConfig(
          2_700,
          TimeUnit.MINUTES.toNanos(15),
          TimeUnit.SECONDS.toNanos(30),
          List.of(Attempts.STRAIGHT, Attempts.EVADING),
          60,
          TimeUnit.SECONDS.toNanos(2),
          1_024,
          200,
          TimeUnit.MILLISECONDS.toNanos(11));
}
