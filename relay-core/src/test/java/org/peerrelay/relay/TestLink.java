package org.peerrelay.relay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/** A link that moves nothing. */
final class TestLink extends Link {
  private TestLink(PeerId peer, @Nullable String dialedUrl) {
    super(peer, dialedUrl, LinkFormat.LEGACY);
  }

  /** A link to a relay, which we dialed. */
  static TestLink relay(PeerId peer) {
    return new TestLink(peer, "ws://relay.example");
  }

  /** A link to a peer that came to us. */
  static TestLink leaf(PeerId peer) {
    return new TestLink(peer, null);
  }

  @Override
  public long lastHeardNs() {
    return 0;
  }

  @Override
  public String toString() {
    return (relays() ? "relay " : "leaf ") + peer();
  }
}
