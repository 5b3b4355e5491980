package org.peerrelay.presence;

import java.nio.ByteBuffer;
import java.util.List;
import org.peerrelay.id.PeerId;

/** With whom a peer says it is linked. A link counts only if the other one says so too. */
public final class LinksRecord extends SignedRecord {
  /** How many links one peer may name: twice as many as it keeps. */
  public static final int MAX_LINKS = 16;

  private final List<PeerId> neighbours;

  /** {@code neighbours} are at most 16, in ascending order, the peer not among them. */
  LinksRecord(PeerId peer, long version, List<PeerId> neighbours, byte[] signature) {
    super(RecordKind.LINKS, peer, version, signature);
    this.neighbours = List.copyOf(neighbours);
  }

  /** The same with a signature. */
  LinksRecord signed(byte[] signature) {
    return new LinksRecord(peer(), version(), neighbours, signature);
  }

  /** In ascending order. */
  public List<PeerId> neighbours() {
    return neighbours;
  }

  @Override
  int contentBytes() {
    return 1 + PeerId.BYTES * neighbours.size();
  }

  @Override
  void putContent(ByteBuffer out) {
    out.put((byte) neighbours.size());
    for (int i = 0; i < neighbours.size(); i++) {
      FrameCodec.put(out, neighbours.get(i));
    }
  }
}
