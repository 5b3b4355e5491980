package org.peerrelay.relay;

/**
 * Bounds of a router's memory.
 *
 * @param duplicateEntries datagrams remembered per generation; 32 bytes each in all. Too few let a
 *     loop through the legacy network come round again before its first pass is forgotten
 * @param duplicateLifetimeNs how long a generation of them lasts. A datagram's copies arrive within
 *     the time of 20 hops
 * @param reversePathEntries distant authors remembered per generation. Anybody can invent authors
 * @param pointerEntries pointers held for others, and told, each. Anybody can publish pointers
 * @param pointerCopies how many relays keep a copy of a pointer, beside the one where it ends up,
 *     no two in one address group. All of them would have to go at once for the peer to be lost
 *     until it publishes again. A relay that sees more others nearer to the peer goes by no pointer
 *     that it holds: newer ones have not come by since
 * @param relays whether the node passes on datagrams of others, and so is one of the relays among
 *     which every hop brings a datagram nearer to its target. Others leave that to their relays
 */
public record RouterConfig(
    int duplicateEntries,
    long duplicateLifetimeNs,
    int reversePathEntries,
    int pointerEntries,
    int pointerCopies,
    boolean relays) {
  private static final long MINUTE_NS = 60_000_000_000L;
  private static final int POINTER_COPIES = 5;

  /** For a daemon: 131,072 datagrams, over a second's worth at 100,000 a second. */
  public static final RouterConfig RELAY =
      new RouterConfig(131_072, MINUTE_NS, 65_536, 65_536, POINTER_COPIES, true);

  /** For a peer that only sends and receives: a few hundred kilobytes at most. */
  public static final RouterConfig LEAF =
      new RouterConfig(4_096, MINUTE_NS, 1_024, 1_024, POINTER_COPIES, false);
}
