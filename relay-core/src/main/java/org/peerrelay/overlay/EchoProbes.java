package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;
import org.peerrelay.relay.Link;

/**
 * Probes links by datagrams to this node itself, which the relay at the other end has to send back.
 * For links of leaves, and of relays that stand outside. Owned by {@link LinkProbes}.
 *
 * <p>An echo that is lost while other peers' datagrams came over the link counts for nothing: a
 * busy link loses some, and the relay does pass them on. Until the first has come back the next
 * follows at once all the same: a leaf's pointer names no relay before.
 */
final class EchoProbes {
  private static final class Probed {
    final Link link;
    boolean waiting;
    long nonce;
    long dueNs;
    boolean passedOn;

    /** Whether any has come back. */
    boolean echoed;

    int lost;

    Probed(Link link) {
      this.link = link;
    }
  }

  private final PeerId self;
  private final ProbeConfig config;
  private final RandomGenerator random;
  private final Effects effects;
  private final Map<PeerId, Probed> byRelay = new IdMap<>();

  EchoProbes(PeerId self, ProbeConfig config, RandomGenerator random, Effects effects) {
    this.self = self;
    this.config = config;
    this.random = random;
    this.effects = effects;
  }

  /** Probes {@code link} from now on. */
  void add(Link link, long nowNs) {
    Probed probed = new Probed(link);
    byRelay.put(link.peer(), probed);
    send(probed, nowNs);
  }

  void remove(Link link) {
    Probed probed = byRelay.get(link.peer());
    if (probed != null && probed.link == link) {
      byRelay.remove(link.peer());
    }
  }

  private void send(Probed probed, long nowNs) {
    probed.nonce = effects.probe(probed.link, self);
    probed.waiting = true;
    probed.passedOn = false;
    probed.dueNs = nowNs + config.answerNs();
  }

  /**
   * A datagram of this node's own has come back over the link with {@code relay}; tells whether it
   * is the echo that was awaited.
   */
  boolean onEcho(PeerId relay, long nonce, long nowNs) {
    Probed probed = byRelay.get(relay);
    boolean awaited = probed != null && probed.waiting && probed.nonce == nonce;
    if (probed != null && awaited) {
      probed.echoed = true;
      succeed(probed, nowNs);
    }
    return awaited;
  }

  private void succeed(Probed probed, long nowNs) {
    long thirdNs = config.echoNs() / 3;
    probed.waiting = false;
    probed.lost = 0;
    probed.dueNs = nowNs + 2 * thirdNs + random.nextLong(thirdNs + 1);
  }

  /** A datagram of somebody else's has come over the link with {@code relay}. */
  void onPassedOn(PeerId relay) {
    Probed probed = byRelay.get(relay);
    if (probed != null) {
      probed.passedOn = true;
    }
  }

  /** Sends the echoes that are due. Returns the links that have lost too many; they are gone. */
  List<Link> onTick(long nowNs) {
    List<Link> bad = new ArrayList<>();
    for (Probed probed : byRelay.values()) {
      if (nowNs - probed.dueNs >= 0) {
        onDue(probed, nowNs, bad);
      }
    }
    bad.forEach(this::remove);
    return bad;
  }

  private void onDue(Probed probed, long nowNs, List<Link> bad) {
    if (!probed.waiting) {
      send(probed, nowNs);
    } else if (probed.passedOn && probed.echoed) {
      succeed(probed, nowNs);
    } else if (probed.passedOn) {
      probed.lost = 0;
      send(probed, nowNs);
    } else if (++probed.lost < config.maxLostEchoes()) {
      send(probed, nowNs);
    } else {
      bad.add(probed.link);
    }
  }
}
