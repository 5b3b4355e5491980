package org.peerrelay.wire.binary;

import org.jspecify.annotations.Nullable;

/**
 * The first frame of a protocol 2 link, in which each side says who it claims to be.
 *
 * @param lowestVersion the lowest version that the sender speaks
 * @param highestVersion the highest
 * @param relay whether it passes on datagrams of others
 * @param publicKey its raw Ed25519 key, 32 bytes
 * @param random 32 fresh bytes, without which an old proof could be used again
 * @param url where others can dial it; null if nowhere
 * @param authority the {@code host:port} that a dialer has dialed; null from an acceptor
 * @param maxPayloadBytes the largest payload that it takes
 * @param observedAddress the {@code ip:port} at which an acceptor sees the dialer; null from a
 *     dialer
 * @param check whether a dialer only wants to see who answers, so that no link comes of it
 */
public record Hello(
    int lowestVersion,
    int highestVersion,
    boolean relay,
    Bytes32 publicKey,
    Bytes32 random,
    @Nullable String url,
    @Nullable String authority,
    int maxPayloadBytes,
    @Nullable String observedAddress,
    boolean check) {
  /** The version that this code speaks. */
  public static final int VERSION = 2;
}
