package org.peerrelay.presence;

import java.util.concurrent.TimeUnit;

/**
 * The constants of presence links. Times are in nanoseconds.
 *
 * @param target how many links a peer looks for. A random graph in which everybody has five stays
 *     whole when half of its peers go at once (HyParView keeps as many)
 * @param max how many it has at most. Those that are asked must have room, or nobody finds a fifth
 * @param drawn how many of those are with members that it has drawn itself. The others are for
 *     those that ask, and whoever has many identities has them ask and could surround it
 * @param askNs how long a member has to answer, and then to confirm: a few round trips over relays
 * @param avoidNs how long a member is not asked again that had no room or did not answer. Members
 *     that run no presence never answer
 * @param banNs how long no link is made with a member that has pushed a forged record
 * @param aliveNs how often each end says that it is there, and what it has
 * @param silentNs a link over which nothing came for so long is lost: three of those and a little
 * @param lostNs a link that was lost stays in the record for so long, since it may come back
 * @param gatherNs a new link comes into the record after so long: it has shown that it works, and
 *     several that are made at once are told together
 * @param recordGapNs at least so long lies between two records of this peer's links. What changes
 *     in the meantime is told together
 * @param mendNs how often a peer thinks about linking with a member that no path leads to
 * @param menders how many peers of one component then do so, as far as each can tell from its size.
 *     More make the bridge stronger; each costs a request every time if nobody is there
 */
public record LinkConfig(
    int target,
    int max,
    int drawn,
    long askNs,
    long avoidNs,
    long banNs,
    long aliveNs,
    long silentNs,
    long lostNs,
    long gatherNs,
    long recordGapNs,
    long mendNs,
    int menders) {
  /** For every peer. */
  public static final LinkConfig DEFAULT =
      new LinkConfig(
          5,
          8,
          2,
          TimeUnit.SECONDS.toNanos(2),
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.MINUTES.toNanos(10),
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(16),
          TimeUnit.MILLISECONDS.toNanos(500),
          TimeUnit.MILLISECONDS.toNanos(300),
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(5),
          16);
}
