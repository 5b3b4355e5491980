package org.peerrelay.message;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Where a peer is: at which relays it has links. Immutable.
 *
 * @param peer whose pointer it is
 * @param relays the relays, the preferred first; 1 to {@link #MAX_RELAYS}
 * @param issued orders the pointers of one peer: milliseconds of the clock of whoever made it
 * @param lifetimeS how many seconds it counts from when the peer, or its relay, has published it; 1
 *     to {@link #MAX_LIFETIME_S}
 * @param seal the peer's signature; null if the peer's relay has made the pointer, as for a legacy
 *     peer, which has no key
 */
public record Pointer(
    PeerId peer, List<PeerId> relays, long issued, int lifetimeS, @Nullable Seal seal) {
  /** A peer needs one relay, and keeps up to four where it can. */
  public static final int MAX_RELAYS = 4;

  /** An hour: what is not refreshed by then was forgotten. */
  public static final int MAX_LIFETIME_S = 3_600;

  /** Copies the list. */
  public Pointer {
    relays = List.copyOf(relays);
  }

  /** Whether the peer has signed it. That the signature holds was checked when it came in. */
  public boolean isSigned() {
    return seal != null;
  }

  /**
   * This pointer, which takes the place of {@code older}. A legacy peer may be at several relays,
   * each of which knows of itself alone: the others of those are kept, behind.
   */
  public Pointer inPlaceOf(Pointer older) {
    if (isSigned() || older.isSigned()) {
      return this;
    }
    List<PeerId> all =
        Stream.concat(relays.stream(), older.relays.stream()).distinct().limit(MAX_RELAYS).toList();
    return new Pointer(peer, all, issued, lifetimeS, null);
  }

  /**
   * Whether it takes the place of {@code other}, a pointer of the same peer: a signed one of an
   * unsigned one always, else the later one.
   */
  public boolean displaces(Pointer other) {
    return isSigned() == other.isSigned() ? issued > other.issued : isSigned();
  }
}
