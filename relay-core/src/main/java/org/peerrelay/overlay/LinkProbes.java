package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Router;

/**
 * Finds the links whose relay lives, and does not pass on what it should, and remembers who that
 * was. Owned by the overlay.
 */
public final class LinkProbes {
  private final EchoProbes echoes;
  private final TransitProbes transits;
  private final Expiring<PeerId> distrusted;
  private final long distrustNs;

  LinkProbes(
      PeerId self, ProbeConfig config, Router router, RandomGenerator random, Effects effects) {
    this.echoes = new EchoProbes(self, config, random, effects);
    this.transits = new TransitProbes(config, router, random, effects);
    this.distrusted = new Expiring<>(config.maxDistrusted());
    this.distrustNs = config.distrustNs();
  }

  /** A neighbour has been linked. An npm relay sends no author's datagram back to it. */
  void onLinked(Link link, long nowNs) {
    if (link.relays() && !link.inside() && link.format() == LinkFormat.BINARY) {
      echoes.add(link, nowNs);
    }
  }

  /** A relay has got a place in the table, so that datagrams for others go to it. */
  void onAdmitted(Link link, long nowNs) {
    transits.add(link, nowNs);
  }

  /** A neighbour's link is gone. */
  void onUnlinked(Link link) {
    transits.remove(link);
    echoes.remove(link);
  }

  /**
   * A datagram of this node's own has come back over the link with {@code relay}; tells whether it
   * is one of these probes.
   */
  boolean onEcho(PeerId relay, long nonce, long nowNs) {
    return echoes.onEcho(relay, nonce, nowNs);
  }

  /** A datagram of somebody else's has come over the link with {@code relay}. */
  public void onPassedOn(PeerId relay) {
    echoes.onPassedOn(relay);
  }

  /** {@code from} has answered a ping; tells whether that was one of these probes. */
  public boolean onPong(PeerId from, long nonce, long nowNs) {
    return transits.onPong(from, nonce, nowNs);
  }

  /** A relay says that the datagram {@code nonce} went no further. */
  public void onNotice(long nonce) {
    transits.onNotice(nonce);
  }

  /** Whether the relay failed of late, so that its link was left. */
  boolean isDistrusted(PeerId relay, long nowNs) {
    return distrusted.contains(relay, nowNs);
  }

  /** Sends the probes that are due. Returns the links to leave, whose relays are distrusted now. */
  List<Link> onTick(long nowNs) {
    List<Link> bad = new ArrayList<>(echoes.onTick(nowNs));
    bad.addAll(transits.onTick(nowNs));
    bad.forEach(link -> distrusted.add(link.peer(), distrustNs, nowNs));
    return bad;
  }
}
