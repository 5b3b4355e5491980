package org.peerrelay.transport;

/**
 * Bounds of what comes to a listener. They may be replaced while the node runs: what is there
 * already stays, and all that comes later is held to the new ones.
 *
 * <p>An address is an IPv4 address or a /64 of IPv6. Clients on the same machine have no bounds by
 * address, except those whom a trusted proxy names.
 *
 * @param maxConnections how many connections the listener keeps at once, handshakes included; more
 *     are closed as they come. Each costs a file descriptor and some kilobytes
 * @param maxConnectionsPerAddress how many of them one address may have, so that nobody takes them
 *     all. Some hundred people behind one router still fit
 * @param connectionsPerS how many new ones an address may make in a second, and at once. Each costs
 *     signatures, with TLS more of them: fifty take some percent of a core
 * @param framesPerS how many WebSocket frames a second are read from one link. A link that sends
 *     more is not read for a moment, so that its sender's TCP slows, and nothing is lost. Twenty
 *     thousand take some percent of a core, and are four times what each of 100 clients can send
 *     when they share a core that does nothing else
 * @param bytesPerS how many bytes a second are read from one link, likewise: 160 Mbit/s, of which a
 *     server with a gigabit still has most for others
 * @param queuePercent how much of the memory for buffers, those outside the heap, may wait to be
 *     sent, all links of the process together. Frames wait in the buffers in which they came, so
 *     the heap hardly notices. Beyond it there are no new links, so that those that there are keep
 *     what is left: half, since a buffer may be larger than what waits in it
 */
public record ConnectionLimits(
    int maxConnections,
    int maxConnectionsPerAddress,
    int connectionsPerS,
    int framesPerS,
    int bytesPerS,
    int queuePercent) {
  /**
   * As many times as much is read from a relay in the table, which carries the datagrams of
   * thousands, and from whom this node has dialed: it has chosen them.
   */
  public static final int RELAY_TIMES = 10;

  /** The same for daemons and for listeners inside other programs. */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(100_000, 500, 50, 20_000, 20_000_000, 50);

  /** Checks that nothing is bounded to nothing. */
  public ConnectionLimits {
    check("maxConnections", maxConnections);
    check("maxConnectionsPerAddress", maxConnectionsPerAddress);
    check("connectionsPerS", connectionsPerS);
    check("framesPerS", framesPerS);
    check("bytesPerS", bytesPerS);
    check("queuePercent", queuePercent);
  }

  private static void check(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
    }
  }

  /** The same, but for the number of connections. */
  public ConnectionLimits withMaxConnections(int max) {
    return new ConnectionLimits(
        max, maxConnectionsPerAddress, connectionsPerS, framesPerS, bytesPerS, queuePercent);
  }
}
