package org.peerrelay.relay;

/**
 * Bounds of a router's memory.
 *
 * @param duplicateEntries datagrams remembered per generation; 32 bytes each in all. Too few let a
 *     loop through the legacy network come round again before its first pass is forgotten
 * @param duplicateLifetimeNs how long a generation of them lasts. A datagram's copies arrive within
 *     the time of 20 hops
 * @param reversePathEntries distant authors remembered per generation. Anybody can invent authors
 */
public record RouterConfig(int duplicateEntries, long duplicateLifetimeNs, int reversePathEntries) {
  private static final long MINUTE_NS = 60_000_000_000L;

  /** For a daemon: 131,072 datagrams, over a second's worth at 100,000 a second. */
  public static final RouterConfig RELAY = new RouterConfig(131_072, MINUTE_NS, 65_536);

  /** For a peer that only sends and receives: a few hundred kilobytes at most. */
  public static final RouterConfig LEAF = new RouterConfig(4_096, MINUTE_NS, 1_024);
}
