package org.peerrelay.daemon.gateway;

import java.util.concurrent.TimeUnit;

/**
 * Bounds of the sessions of one relay.
 *
 * @param maxSessions how many there may be. Each is a peer: two ends of a connection, its timers,
 *     and the memory of what waits for its reader
 * @param maxSessionsPerAddress how many of them one address may have (one /64 of IPv6), so that
 *     nobody takes them all
 * @param restNs how long a session that has ended still counts. So an address makes no more than
 *     its number in that time: each new one costs signatures, and the memory of relays that are
 *     told where it is
 * @param messagesPerS how many messages a session may send in a second, and at once
 * @param maxBacklogEvents how many events are kept for a reader that is away
 * @param maxBacklogBytes how much they may take. Holds the largest there is, 256 KiB of JSON
 * @param idleNs how long a session may go without a request or an open stream, before it ends.
 *     Readers whose connection broke are back in seconds; scripts that died hold a peer for nothing
 * @param linkNs how long the link of a new session may take, which leads no further than this relay
 * @param answerNs how long a sender is kept waiting for word of its message, where the receiver is
 *     not at this relay: about what a way around the earth and back takes
 * @param keepAliveNs how often readers are sent a comment, so that nothing on the way takes the
 *     connection for a dead one
 */
public record GatewayLimits(
    int maxSessions,
    int maxSessionsPerAddress,
    long restNs,
    int messagesPerS,
    int maxBacklogEvents,
    int maxBacklogBytes,
    long idleNs,
    long linkNs,
    long answerNs,
    long keepAliveNs) {
  /** What the daemon uses. */
  public static final GatewayLimits DEFAULT =
      new GatewayLimits(
          1_000,
          50,
          TimeUnit.MINUTES.toNanos(1),
          50,
          256,
          320 * 1_024,
          TimeUnit.MINUTES.toNanos(2),
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.MILLISECONDS.toNanos(500),
          TimeUnit.SECONDS.toNanos(15));

  /** How much may wait for a reader: the backlog at once, and as much that comes meanwhile. */
  int maxPendingBytes() {
    return 2 * maxBacklogBytes;
  }
}
