package org.peerrelay.overlay;

import java.util.concurrent.TimeUnit;

/**
 * The constants of probing links. Times are in nanoseconds.
 *
 * @param echoNs how long after an echo the next is sent, at most; two thirds of it at least, so
 *     that a thousand leaves of one relay do not keep step. Each costs the relay 78 bytes
 * @param maxLostEchoes a link that has lost so many echoes in a row is left; one is lost easily
 * @param transitNs how often a relay probes one of its links, all of them in turn. A probe costs
 *     the relays on its way some 320 bytes together
 * @param doubtNs the same while there are links that are new, or have failed
 * @param minTargets a link is left when it has not led to so many relays in a row, each of which
 *     answers otherwise; where there are fewer nobody is judged, since one of them may lie
 * @param maxTargets so many of them are asked for where there are enough: on the way to each there
 *     may be a bad relay that is not the link's
 * @param nearTargets out of how many, nearest to the neighbour, the targets are drawn. It is linked
 *     with most of those, so that few others have a part in the result
 * @param answerNs how long an answer may take
 * @param distrustNs how long a relay whose link was left is refused, unless there is no other.
 *     Whoever drops on purpose will do so again, and each time harms until he is found out, which
 *     takes minutes: so much longer than that
 * @param maxDistrusted how many such relays are remembered; anybody can make ids
 */
public record ProbeConfig(
    long echoNs,
    int maxLostEchoes,
    long transitNs,
    long doubtNs,
    int minTargets,
    int maxTargets,
    int nearTargets,
    long answerNs,
    long distrustNs,
    int maxDistrusted) {
  /** For every node. */
  public static final ProbeConfig DEFAULT =
      new ProbeConfig(
          TimeUnit.SECONDS.toNanos(30),
          3,
          TimeUnit.SECONDS.toNanos(2),
          TimeUnit.MILLISECONDS.toNanos(500),
          3,
          5,
          8,
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.HOURS.toNanos(1),
          1_024);
}
