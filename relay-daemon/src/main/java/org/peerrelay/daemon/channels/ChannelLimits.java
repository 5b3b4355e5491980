package org.peerrelay.daemon.channels;

import java.util.concurrent.TimeUnit;

/**
 * Bounds of the channels of one server.
 *
 * @param maxChannels how many there may be. Each is its owner's connection and some kilobytes
 * @param maxChannelsPerAddress how many of them one address may have made (one /64 of IPv6), so
 *     that nobody takes them all
 * @param maxMembers how many members a channel may have, its owner included. One signal goes to all
 *     of them
 * @param maxBodyBytes how large the body of a signal may be
 * @param maxPendingBytes how much may wait for a member that reads slowly, before it is cut off.
 *     Holds some of the largest signals
 * @param idleNs how long a channel may go without anybody joining or signalling, before it ends. An
 *     abandoned one would else stay as long as its owner's machine
 * @param keepAliveNs how often members that understand it are sent a comment, so that nothing on
 *     the way takes the connection for a dead one
 */
public record ChannelLimits(
    int maxChannels,
    int maxChannelsPerAddress,
    int maxMembers,
    int maxBodyBytes,
    int maxPendingBytes,
    long idleNs,
    long keepAliveNs) {
  /** What the daemon uses. */
  public static final ChannelLimits DEFAULT =
      new ChannelLimits(
          10_000,
          100,
          1_000,
          10 * 1_024,
          256 * 1_024,
          TimeUnit.HOURS.toNanos(1),
          TimeUnit.SECONDS.toNanos(15));
}
