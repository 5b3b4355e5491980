package org.peerrelay;

import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;

/** Takes messages together with how far their authors are known. */
@FunctionalInterface
public interface MessageListener {
  /** A message from {@code from}, as it says; {@code provenance} tells how much that is worth. */
  void onMessage(PeerId from, Payload payload, Provenance provenance);
}
