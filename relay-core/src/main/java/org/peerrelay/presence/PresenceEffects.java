package org.peerrelay.presence;

import org.peerrelay.id.PeerId;

/**
 * What a presence wants done beneath it. None of it may block or call back into the presence before
 * it has returned.
 */
public interface PresenceEffects {
  /**
   * Sends a frame to another member of the swarm, as a datagram that may be lost; {@link
   * FrameCodec#encode} makes bytes of it. Whoever gets it must be sure that it is from us.
   */
  void send(PeerId member, PresenceFrame frame);

  /** The 64-byte Ed25519 signature of {@code message} by this peer's identity. */
  byte[] sign(byte[] message);

  /**
   * Whether {@code signature} is that of {@code message} by {@code member}, whose public key the
   * swarm knows; false for one whose key is not known.
   */
  boolean verify(PeerId member, byte[] message, byte[] signature);

  /**
   * Milliseconds of the wall clock. It orders the records of this one peer across its restarts, and
   * is compared with no other clock. It need not be monotonic.
   */
  long issuedMs();
}
