package org.peerrelay.daemon.npm;

import java.util.Base64;

/**
 * A {@code message} event of an npm {@code PeerRelay.Socket}.
 *
 * @param base64 the bytes, as text so that datagrams compare by value
 * @param address the sender's id in 40 hex characters, or what it was addressed as when local
 * @param port the port that the sender is bound to
 */
public record NpmDatagram(String base64, String address, int port) {
  /** A copy of the bytes. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }
}
