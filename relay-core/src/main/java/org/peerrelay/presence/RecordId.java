package org.peerrelay.presence;

import org.peerrelay.id.PeerId;

/**
 * Which version of which record of which peer.
 *
 * @param version more than 0
 */
public record RecordId(RecordKind kind, PeerId peer, long version) {
  /** Length in a frame. */
  static final int BYTES = 1 + PeerId.BYTES + Long.BYTES;

  RecordKey key() {
    return new RecordKey(kind, peer);
  }
}
