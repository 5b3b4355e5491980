package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.routing.AddressGroup;
import org.peerrelay.transport.NoticeRate;

/** One end of a simulated link. */
final class SimulatedLink extends Link {
  final Host owner;
  final Host other;
  final long latencyNs;

  /** Whether this end has neither closed it nor seen it closed. */
  boolean open = true;

  /** When a frame last came in, or will have: what answers a ping is known to be under way. */
  private long heardNs;

  /** When the last frame under way to here arrives: a later one does not overtake it. */
  long lastArrivalNs;

  private @Nullable SimulatedLink otherEnd;
  private @Nullable TokenBucket notices;
  private @Nullable TokenBucket pointers;

  private SimulatedLink(
      Host owner, Host other, @Nullable String dialedUrl, LinkFormat format, long latencyNs) {
    super(other.id(), dialedUrl, format);
    this.owner = owner;
    this.other = other;
    this.latencyNs = latencyNs;
  }

  /** A new link that {@code dialer} has dialed at {@code url}; returns its end. */
  static SimulatedLink between(
      Host dialer, Host dialed, String url, LinkFormat format, long latencyNs) {
    SimulatedLink here = new SimulatedLink(dialer, dialed, url, format, latencyNs);
    SimulatedLink there = new SimulatedLink(dialed, dialer, null, format, latencyNs);
    here.otherEnd = there;
    there.otherEnd = here;
    return here;
  }

  SimulatedLink otherEnd() {
    SimulatedLink end = otherEnd;
    if (end == null) {
      throw new IllegalStateException("other end: none (expected: one, from the beginning)");
    }
    return end;
  }

  /** Whether this end masks what it sends, as the one that has dialed does. */
  boolean masks() {
    return dialedUrl() != null;
  }

  void heard(long timeNs) {
    heardNs = Math.max(heardNs, timeNs);
  }

  @Override
  public long lastHeardNs() {
    return heardNs;
  }

  @Override
  public @Nullable AddressGroup group() {
    return other.group();
  }

  /** How often authors are told of drops over this link. */
  TokenBucket notices() {
    TokenBucket limit = notices;
    if (limit == null) {
      limit = new TokenBucket(NoticeRate.PER_LINK);
      notices = limit;
    }
    return limit;
  }

  /** How often a pointer may come over this link, if it leads outside. */
  TokenBucket pointers() {
    TokenBucket limit = pointers;
    if (limit == null) {
      limit = new TokenBucket(NoticeRate.PER_LINK);
      pointers = limit;
    }
    return limit;
  }
}
