package org.peerrelay.presence;

import java.util.concurrent.TimeUnit;

/**
 * The constants of how records spread. Times are in nanoseconds.
 *
 * @param pushGapNs what is new is pushed over a link at once, but together with more that comes
 *     within this time after the last: many changes at a time do not become as many datagrams
 * @param announceNs announcements over a link wait for others for so long at most, and for half of
 *     it at least. Longer means fewer frames, and later repair of what was lost on the tree
 * @param graftNs how long an announced record may still come by itself before it is fetched: the
 *     tree is hardly ever slower than a wait for announcements and this
 * @param fetchNs after so long without an answer another neighbour is asked
 * @param fetchTries how many are asked. After that the next comparison finds what is missing
 * @param compareMinNs how soon after a comparison that found something the next one follows; each
 *     further wait is twice as long
 * @param compareMaxNs how long that wait may become
 * @param mismatches so many signs of life in a row must tell of other records than ours before the
 *     two compare. One alone does so whenever a change is on its way
 * @param pageNs how long the pages of a neighbour's graph may take before they are asked for again
 * @param pageGapNs at least so long lies between two requests for pages, so that they stay within
 *     what a neighbour answers
 * @param pages how many pages are asked for at once
 * @param pageTries how often a neighbour is asked in vain before another one is
 * @param pruneNs the data of a peer that no path has led to for so long is forgotten
 */
public record GossipConfig(
    long pushGapNs,
    long announceNs,
    long graftNs,
    long fetchNs,
    int fetchTries,
    long compareMinNs,
    long compareMaxNs,
    int mismatches,
    long pageNs,
    long pageGapNs,
    int pages,
    int pageTries,
    long pruneNs) {
  /** For every peer. */
  public static final GossipConfig DEFAULT =
      new GossipConfig(
          TimeUnit.MILLISECONDS.toNanos(100),
          TimeUnit.MILLISECONDS.toNanos(400),
          TimeUnit.MILLISECONDS.toNanos(300),
          TimeUnit.SECONDS.toNanos(1),
          3,
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(10),
          2,
          TimeUnit.SECONDS.toNanos(2),
          TimeUnit.MILLISECONDS.toNanos(250),
          4,
          3,
          TimeUnit.SECONDS.toNanos(60));
}
