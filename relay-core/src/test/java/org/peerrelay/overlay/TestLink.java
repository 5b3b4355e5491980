package org.peerrelay.overlay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;

/** A link without a socket, on which something is heard when the test says so. */
final class TestLink extends Link {
  private long heardNs;

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
