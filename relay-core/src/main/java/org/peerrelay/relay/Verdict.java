package org.peerrelay.relay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.message.DropReason;

/** What becomes of a datagram. */
public sealed interface Verdict {
  /** It is for this node. */
  record Deliver() implements Verdict {}

  /** It goes to a link; a legacy datagram whose target nobody here knows, to a second one too. */
  record Forward(Link first, @Nullable Link second) implements Verdict {}

  /** It ends here, for a reason that is counted. */
  record Drop(DropReason reason) implements Verdict {}
}
