package org.peerrelay.presence;

import java.nio.ByteBuffer;
import org.peerrelay.id.PeerId;

/** The data that a peer shows to others. */
public final class DataRecord extends SignedRecord {
  /** How long data may be in any presence, so that every record fits into a page. */
  public static final int MAX_BYTES = 15_000;

  private static final byte[] NOTHING = {};

  private final byte[] data;
  private final boolean forgotten;

  /** Keeps {@code data}, which nobody may change from then on. */
  DataRecord(PeerId peer, long version, byte[] data, byte[] signature) {
    this(peer, version, data, signature, false);
  }

  private DataRecord(PeerId peer, long version, byte[] data, byte[] signature, boolean forgotten) {
    super(RecordKind.DATA, peer, version, signature);
    this.data = data;
    this.forgotten = forgotten;
  }

  /** What is left when the data are forgotten: nothing that is not newer counts again. */
  DataRecord forgotten() {
    return new DataRecord(peer(), version(), NOTHING, UNSIGNED, true);
  }

  /**
   * What is left of a forgotten one whose data are wanted again: it is older by one, so that they
   * count as new. A first version, which nothing is older than, stays forgotten.
   */
  DataRecord recalled() {
    boolean first = version() == 1;
    return first ? this : new DataRecord(peer(), version() - 1, NOTHING, UNSIGNED, false);
  }

  /** Whether the data were forgotten, and are not wanted again. */
  boolean isForgotten() {
    return forgotten;
  }

  /** The same with a signature. */
  DataRecord signed(byte[] signature) {
    return new DataRecord(peer(), version(), data, signature);
  }

  /** A copy of the data. */
  public byte[] data() {
    return data.clone();
  }

  /** Length of the data. */
  public int dataBytes() {
    return data.length;
  }

  @Override
  int contentBytes() {
    return Short.BYTES + data.length;
  }

  @Override
  void putContent(ByteBuffer out) {
    out.putShort((short) data.length).put(data);
  }
}
