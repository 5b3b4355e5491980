package org.peerrelay.relay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;

/** What becomes of a datagram. */
public sealed interface Verdict {
  /** It is for this node. */
  record Deliver() implements Verdict {}

  /**
   * It is for this node, and has been delivered before; it has come by another way since its author
   * has heard of no answer. It is not delivered again, but if it asks for an answer, that is given
   * again.
   */
  record Repeated() implements Verdict {}

  /**
   * It goes to a link. A datagram whose target nobody here knows may go to a second one: to a
   * further legacy link, since what is behind those cannot be known.
   *
   * @param via the relay that its target is attached to, for a protocol 2 frame that is made for
   *     it; null if it is not located. A datagram that came in as such a frame has it in the frame
   */
  record Forward(Link first, @Nullable Link second, @Nullable PeerId via) implements Verdict {}

  /** It ends here, for a reason that is counted. */
  record Drop(DropReason reason) implements Verdict {}
}
