package org.peerrelay.overlay;

import java.util.concurrent.TimeUnit;

/**
 * The constants of the links between relays inside. Times are in nanoseconds.
 *
 * @param nearLinks with how many of the relays nearest to itself a relay wants links. Among them
 *     greedy routing ends and pointers are kept, so both have to survive that many deaths but one
 * @param bucketLinks how many links it wants in each bucket further out. With one in each, a hop
 *     halves the distance; eight that lie apart bring a datagram three more bits nearer
 * @param maxBucketLinks how many links of a bucket have a place in the table. Twice what is wanted,
 *     since others want as many with us as we with them, and popular relays would have thousands
 * @param maxPerGroup how many relays of one address group have a place in a bucket, and among the
 *     near ones. Ids cost nothing, so whoever has one network would else surround anybody
 * @param maxSpares how many relays are linked beside those in the table: newcomers that look for
 *     others, those that are being checked, and those that fit nowhere. Most relays have a dozen; a
 *     bootstrap that everybody knows has all that come at once, and some kilobytes for each
 * @param spareNs how long a spare is kept at least when newcomers need its place: time to find
 *     others, which takes a second or two
 * @param maxOffers how many offers are under way at once. As many as there are near links, so that
 *     a newcomer gets those at one go, and few enough that liars' lists take no flood of datagrams
 * @param offerNs how long an offer may go unanswered. It crosses a few relays and back; the long
 *     time of npm's handshakes would keep the places of relays that have died in the meantime
 * @param offerRetryNs how long a relay whose offer came to nothing is not offered another; twice as
 *     long each time, up to the time for strangers. The way to it may not have been there yet, and
 *     ids that a liar has invented are not to take all offers
 * @param lostNs how long a relay whose link was lost is not offered another. It has died, and is
 *     named by others until they notice, or has no room for us
 * @param maxAsks for how many buckets relays are asked in one round
 * @param nearAsks how many of the near neighbours, others each time, are asked in a round for
 *     relays near to us. Each knows its own surroundings, which are not quite ours
 * @param askMinNs the time between rounds while they bring something new
 * @param askMaxNs the same when they have not for long; doubling leads there, and a random half
 *     keeps relays out of step
 * @param maxDialBacks how many neighbours are dialed back at once. A dial takes a tenth of a
 *     second, or seconds if nobody answers
 * @param dialBackRetryNs how long a claim that did not hold is not checked again. Anybody can claim
 *     another's URL, and is not to have it dialed all the time
 * @param dialBackKeptNs how long a claim that did hold is not checked again
 * @param maxDialBacksKept how many claims of each kind are remembered
 * @param pingAfterNs a link of a relay, to another or to a leaf that looks after it, on which
 *     nothing came for so long is pinged
 * @param deadAfterNs a link to a relay on which nothing came for so long is closed. A datagram may
 *     cross seven relays, and one that is dead in silence swallows all that it is sent, so this is
 *     shorter than for leaves, of which a relay has many more
 * @param bootstrapNs after what time a relay that has enough links looks again at a bootstrap URL
 *     that it has lost. It may lead to the other half of a network that was cut in two
 * @param maxLost how many relays whose links in the table were lost are dialed again, in turn: half
 *     of a table, which is what is lost when a network is cut in two
 * @param lostDialNs how often one of them is dialed. So in each ten seconds one relay in two finds
 *     the other half when it is back, and a dial that is refused costs a few packets
 * @param returnDialNs the same after one of them is back, until each has been dialed once: a
 *     network that is whole again is to find together in seconds, which 32 dials of a relay are not
 *     too many for
 * @param lostKeptNs how long after its loss a relay is dialed again; later only bootstraps are
 */
public record TableConfig(
    int nearLinks,
    int bucketLinks,
    int maxBucketLinks,
    int maxPerGroup,
    int maxSpares,
    long spareNs,
    int maxOffers,
    long offerNs,
    long offerRetryNs,
    long lostNs,
    int maxAsks,
    int nearAsks,
    long askMinNs,
    long askMaxNs,
    int maxDialBacks,
    long dialBackRetryNs,
    long dialBackKeptNs,
    int maxDialBacksKept,
    long pingAfterNs,
    long deadAfterNs,
    long bootstrapNs,
    int maxLost,
    long lostDialNs,
    long returnDialNs,
    long lostKeptNs) {
  /** For every node. */
  public static final TableConfig DEFAULT =
      new TableConfig(
          16,
          8,
          16,
          2,
          512,
          TimeUnit.SECONDS.toNanos(4),
          16,
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(15),
          TimeUnit.SECONDS.toNanos(30),
          8,
          3,
          TimeUnit.SECONDS.toNanos(2),
          TimeUnit.SECONDS.toNanos(60),
          16,
          TimeUnit.MINUTES.toNanos(10),
          TimeUnit.MINUTES.toNanos(10),
          4_096,
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(12),
          TimeUnit.SECONDS.toNanos(60),
          32,
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.MILLISECONDS.toNanos(500),
          TimeUnit.HOURS.toNanos(1));
}
