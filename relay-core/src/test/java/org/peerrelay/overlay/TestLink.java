package org.peerrelay.overlay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.routing.AddressGroup;

/** A link without a socket, on which something is heard when the test says so. */
final class TestLink extends Link {
  private long heardNs;
  private @Nullable AddressGroup group;

  TestLink(PeerId peer, @Nullable String dialedUrl, long nowNs) {
    this(peer, dialedUrl, LinkFormat.LEGACY, nowNs);
  }

  private TestLink(PeerId peer, @Nullable String dialedUrl, LinkFormat format, long nowNs) {
    super(peer, dialedUrl, format);
    this.heardNs = nowNs;
  }

  /** A link of protocol 2. */
  static TestLink binary(PeerId peer, @Nullable String dialedUrl, long nowNs) {
    return new TestLink(peer, dialedUrl, LinkFormat.BINARY, nowNs);
  }

  /** The same with a relay in a network. */
  static TestLink binary(
      PeerId peer, @Nullable String dialedUrl, @Nullable AddressGroup group, long nowNs) {
    TestLink link = binary(peer, dialedUrl, nowNs);
    link.sawRelaying();
    link.group = group;
    return link;
  }

  /**
   * A link of protocol 2 between relays that say that others can dial them.
   *
   * @param url where the other one says that it is
   */
  static TestLink inside(
      PeerId peer, @Nullable String dialedUrl, String url, @Nullable AddressGroup group) {
    TestLink link = binary(peer, dialedUrl, 0);
    link.sawInside(url);
    link.group = group;
    return link;
  }

  @Override
  public @Nullable AddressGroup group() {
    return group;
  }

  void heard(long nowNs) {
    heardNs = nowNs;
  }

  @Override
  public long lastHeardNs() {
    return heardNs;
  }

  @Override
  public String toString() {
    return "link with " + peer() + (dialedUrl() == null ? " that came in" : " at " + dialedUrl());
  }
}
