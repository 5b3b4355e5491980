package org.peerrelay.swarm;

import java.util.concurrent.TimeUnit;

/**
 * The constants of what a relay knows of swarms.
 *
 * @param maxMembers how many members of all swarms together are known. Each takes some 500 bytes,
 *     and anybody can make up swarms
 * @param maxMembersPerSwarm how many of one swarm: each is told of each
 * @param maxSwarmsPerMember how many swarms one neighbour may be a member of here, and how many it
 *     may join at once
 * @param joinsPerS how many more it may join in a second: each is remembered for its lifetime, also
 *     when it has been left
 * @param linkGraceNs for how long a member whose link is lost counts as there: it may come back
 * @param homeGraceNs for how long the members of a relay count as there that is lost: they look for
 *     another one, and others should not see them leave
 * @param syncNs how often a home compares what it knows with the first holder
 * @param resyncNs when it does so again if something was missing, or there was no answer
 * @param subscriptionNs for how long who has asked is told: three questions
 * @param settleNs how long a first holder waits before it says that it knows all: those that were
 *     first before it hand over what they know
 * @param sweepNs how often what has ended is looked for
 * @param recordsPerS how many members are told of onward in a second, and a tenth of it at once,
 *     lest a handover take the control loop for long or fill the queues of links
 * @param castCopiesPerS how many copies of what one member sends to all are made in a second, and
 *     at once: a thousand members are told of twenty things a second
 * @param publishesPerS how often one member may say in a second, and at once, that it is there or
 *     leaves: all others are told if that is news, and all homes in any case. Who starts again does
 *     so twice
 * @param maxCastBytes how large the payload of such a thing may be: a thousand copies wait in as
 *     many queues
 * @param answersPerS how many questions of one asker are answered in a second
 * @param answeredPerS of how many members one asker is told in a second by answers, and at most of
 *     a whole swarm at once: a question is small, and the answer may be megabytes
 */
public record DirectoryConfig(
    int maxMembers,
    int maxMembersPerSwarm,
    int maxSwarmsPerMember,
    double joinsPerS,
    long linkGraceNs,
    long homeGraceNs,
    long syncNs,
    long resyncNs,
    long subscriptionNs,
    long settleNs,
    long sweepNs,
    int recordsPerS,
    int castCopiesPerS,
    int publishesPerS,
    int maxCastBytes,
    int answersPerS,
    int answeredPerS) {
  /** What a relay has unless told otherwise. */
  public static final DirectoryConfig DEFAULT =
      new DirectoryConfig(
          200_000,
          20_000,
          64,
          0.25,
          TimeUnit.SECONDS.toNanos(2),
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(30),
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.SECONDS.toNanos(1),
          20_480,
          20_000,
          4,
          16_384,
          2,
          1_000);
}
