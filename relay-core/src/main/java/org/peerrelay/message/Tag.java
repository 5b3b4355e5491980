package org.peerrelay.message;

/**
 * 128 bits by which members of a swarm know what another member has made: the beginning of an
 * HMAC-SHA-256 (RFC 2104) under the swarm's key, which relays do not have.
 *
 * @param high bytes 0 to 7
 * @param low bytes 8 to 15
 */
public record Tag(long high, long low) {
  /** Length of a tag in bytes. */
  public static final int BYTES = 16;
}
