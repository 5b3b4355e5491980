package org.peerrelay.overlay;

import java.util.concurrent.TimeUnit;

/**
 * The constants of looking for relays that were met before. Times are in nanoseconds.
 *
 * @param maxRelays how many are remembered: 64 lines of a file, of which one that answers is
 *     enough. Of as many a leaf remembers which network they are in
 * @param fewLinks a node that is linked with fewer relays looks for more among them
 * @param headStartNs how long after the start the bootstrap URLs are tried alone; they are the
 *     operator's choice, and whoever is gone after a second needs no more links
 * @param maxPauseNs longest pause between two looks; it doubles with each
 * @param maxRedialNs longest wait before one that did not answer is dialed again
 */
public record KnownConfig(
    int maxRelays, int fewLinks, long headStartNs, long maxPauseNs, long maxRedialNs) {
  /** For every node. */
  public static final KnownConfig DEFAULT =
      new KnownConfig(
          64,
          4,
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(60),
          TimeUnit.MINUTES.toNanos(10));
}
