package org.peerrelay.presence;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.peerrelay.id.PeerId;

/** Stands in for Ed25519: 64 bytes that only {@link #sign} makes, as far as tests try. */
final class TestSignatures {
  private TestSignatures() {}

  static byte[] sign(PeerId signer, byte[] message) {
    ByteBuffer out = ByteBuffer.allocate(SignedRecord.SIGNATURE_BYTES);
    out.putInt(signer.hashCode()).putInt(Arrays.hashCode(message)).putInt(message.length);
    return out.array();
  }

  static boolean verify(PeerId signer, byte[] message, byte[] signature) {
    return Arrays.equals(sign(signer, message), signature);
  }

  /** A record of links, signed. */
  static LinksRecord links(PeerId peer, long version, PeerId... neighbours) {
    PeerId[] sorted = neighbours.clone();
    Arrays.sort(sorted);
    LinksRecord record =
        new LinksRecord(peer, version, Arrays.asList(sorted), SignedRecord.UNSIGNED);
    return record.signed(sign(peer, record.signedBytes(TestSwarm.PRESENCE)));
  }

  /** A record of data, signed. */
  static DataRecord data(PeerId peer, long version, byte[] data) {
    DataRecord record = new DataRecord(peer, version, data, SignedRecord.UNSIGNED);
    return record.signed(sign(peer, record.signedBytes(TestSwarm.PRESENCE)));
  }
}
