package org.peerrelay.swarm;

import java.util.concurrent.TimeUnit;

/**
 * The constants of a member of swarms. Times are in nanoseconds but where they are named otherwise.
 *
 * @param lifetimeS how many seconds a membership counts. A member whose relay dies together with it
 *     is taken to be there for so long at most
 * @param publishNs how often it is published again; three times in its life, since any of those may
 *     be lost
 * @param syncNs how often the home is asked for what has been missed. News that were lost, for
 *     instance in a full queue, are made up for within this time
 * @param jitter the share by which both waits vary, to either side: else a thousand members that a
 *     restarted relay has got at once would ask it at once for ever
 * @param maxUnanswered after so many questions without an answer another home is taken, if there is
 *     one. One answer may be lost
 * @param staleNs without any answer for so long nobody is known to be there any more: as long as
 *     the others' memberships count
 * @param maxSwarms how many swarms a node can join: each costs a question to the home now and then
 * @param maxTopics how many topics, and instances of topics, a swarm can have open
 * @param maxMembers how many members of a swarm are known; one takes half a kilobyte. More are
 *     ignored. In a swarm whose key is no secret anybody can invent some. Of as many more it is
 *     remembered that they are none, whatever their relays say
 * @param maxDeparted of how many that have left the last word is remembered, so that an older one
 *     does not bring them back. As many as can be there
 * @param earlyNs how long data waits for its author's membership, which comes another way
 * @param maxEarly how many such data wait in a swarm; they come from who knows the key
 * @param maxEarlyBytes how many bytes they may be together
 * @param maxSent how many data that were sent last are remembered in a swarm: if a relay says that
 *     one went no further, that is counted here. Else the application would be told, which has not
 *     sent it as a message of its own. A relay says so within a second or two
 * @param maxDataBytes how much can be sent to one member: what a datagram carries, 64 kB, less what
 *     stands in front
 * @param maxCastBytes how much can be sent to all: each relay with members makes a copy for each
 */
public record MemberConfig(
    int lifetimeS,
    long publishNs,
    long syncNs,
    double jitter,
    int maxUnanswered,
    long staleNs,
    int maxSwarms,
    int maxTopics,
    int maxMembers,
    int maxDeparted,
    long earlyNs,
    int maxEarly,
    int maxEarlyBytes,
    int maxSent,
    int maxDataBytes,
    int maxCastBytes) {
  /** The same for every node. */
  public static final MemberConfig DEFAULT =
      new MemberConfig(
          180,
          TimeUnit.SECONDS.toNanos(60),
          TimeUnit.SECONDS.toNanos(10),
          0.1,
          2,
          TimeUnit.SECONDS.toNanos(180),
          64,
          1_024,
          20_000,
          20_000,
          TimeUnit.SECONDS.toNanos(2),
          256,
          256 * 1_024,
          1_024,
          65_536 - 44,
          16 * 1_024);
}
