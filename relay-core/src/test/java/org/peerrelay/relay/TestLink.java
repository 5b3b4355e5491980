package org.peerrelay.relay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.AddressGroup;

/** A link that moves nothing. */
final class TestLink extends Link {
  private @Nullable AddressGroup group;

  private TestLink(PeerId peer, @Nullable String dialedUrl) {
    this(peer, dialedUrl, LinkFormat.LEGACY);
  }

  private TestLink(PeerId peer, @Nullable String dialedUrl, LinkFormat format) {
    super(peer, dialedUrl, format);
  }

  /** A link to a relay, which we dialed. */
  static TestLink relay(PeerId peer) {
    return new TestLink(peer, "ws://relay.example");
  }

  /** A link to a peer that came to us. */
  static TestLink leaf(PeerId peer) {
    return new TestLink(peer, null);
  }

  /** A link of protocol 2 to a peer that came to us. */
  static TestLink binaryLeaf(PeerId peer) {
    return new TestLink(peer, null, LinkFormat.BINARY);
  }

  /** A link of protocol 2 to a relay that cannot be dialed, or to which we are none that can. */
  static TestLink outside(PeerId peer) {
    TestLink link = binaryLeaf(peer);
    link.sawRelaying();
    return link;
  }

  /** A link of protocol 2 between relays that say that others can dial them. */
  static TestLink claimedInside(PeerId peer) {
    TestLink link = binaryLeaf(peer);
    link.sawInside("ws://relay.example/" + peer);
    return link;
  }

  /** A link of protocol 2 between relays that others can dial, in the table. */
  static TestLink inside(PeerId peer) {
    TestLink link = claimedInside(peer);
    link.enterTable();
    return link;
  }

  /** As {@link #inside(PeerId)}, in the network of that number. */
  static TestLink inside(PeerId peer, int network) {
    TestLink link = inside(peer);
    link.group = new AddressGroup(0, network);
    return link;
  }

  @Override
  public @Nullable AddressGroup group() {
    return group;
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
