package org.peerrelay.message;

import org.peerrelay.id.PeerId;

/**
 * The header of a protocol 2 datagram while it is being routed: read from a frame, decided on, and
 * written back where it changed. Mutable and used again for the next datagram, so that forwarding
 * allocates nothing; whoever keeps a datagram copies what it needs. Owned by one event loop.
 */
public final class Transit {
  /** Code of the kind. */
  public int kind;

  /** Flags, as the wire format defines them. */
  public int flags;

  /** How many more times it may be passed on. */
  public int hopsLeft;

  /** Which of the ways to the target it goes, 0 to 255; 0 is the straight one. */
  public int attempt;

  /** Whether its via was found wrong, and another relay of the target named in its place. */
  public boolean sentOn;

  /** Tells datagrams of one author apart: 0 to {@link Header#MAX_NONCE}. */
  public long nonce;

  /** The target. */
  public final Id to = new Id();

  /** The relay that the target is attached to; zero until it is located. */
  public final Id via = new Id();

  /** The author. */
  public final Id from = new Id();

  /** An id in three primitives that can be set anew. */
  public static final class Id {
    /** Bytes 0 to 7. */
    public long high;

    /** Bytes 8 to 15. */
    public long middle;

    /** Bytes 16 to 19. */
    public int low;

    /** Sets all three. */
    public void set(long high, long middle, int low) {
      this.high = high;
      this.middle = middle;
      this.low = low;
    }

    /** Whether it is {@code peer}. */
    public boolean is(PeerId peer) {
      return high == peer.high() && middle == peer.middle() && low == peer.low();
    }

    /** Whether it is all zero, which stands for none. */
    public boolean isNone() {
      return (high | middle | low) == 0;
    }

    /** The id as a value of its own. */
    public PeerId toPeerId() {
      return new PeerId(high, middle, low);
    }
  }
}
