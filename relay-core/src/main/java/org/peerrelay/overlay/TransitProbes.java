package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Router;

/**
 * Probes a relay's links to other relays by pings that the neighbour has to pass on, to a relay
 * near to it that this one is linked with too, and that answers over its own link. Owned by {@link
 * LinkProbes}.
 *
 * <p>Whatever does not arrive may be the target's fault, or that of a relay on the way. So the
 * target is then asked directly, and only if it answers its name is held against the link; and it
 * takes several of them in a row, during which other links have led somewhere. A notice that says
 * why a probe went no further counts for nothing: a relay that has just come knows few ways.
 */
final class TransitProbes {
  private static final class Probed {
    final Link link;

    /** The relays that it has not led to since it last led to any. */
    final Set<PeerId> missed = new HashSet<>();

    long missedSinceNs;
    boolean fresh = true;
    boolean waiting;

    Probed(Link link) {
      this.link = link;
    }

    boolean isDoubtful() {
      return fresh || !missed.isEmpty();
    }
  }

  /** A ping that is out, through the link or, afterwards, straight to the target. */
  private record Probe(Probed probed, PeerId target, boolean straight, long sentNs) {}

  private final ProbeConfig config;
  private final Router router;
  private final RandomGenerator random;
  private final Effects effects;

  /** Those that were probed longest ago first. */
  private final Map<PeerId, Probed> byRelay = new IdMap<>();

  /** By nonce, in the order in which they were sent. One for each link at most. */
  private final Map<Long, Probe> out = new LinkedHashMap<>();

  private long sentNs;
  private long succeededNs;
  private boolean everSucceeded;

  TransitProbes(ProbeConfig config, Router router, RandomGenerator random, Effects effects) {
    this.config = config;
    this.router = router;
    this.random = random;
    this.effects = effects;
  }

  /** Probes {@code link} from now on. */
  void add(Link link, long nowNs) {
    if (byRelay.isEmpty()) {
      sentNs = nowNs;
    }
    byRelay.put(link.peer(), new Probed(link));
  }

  void remove(Link link) {
    Probed probed = byRelay.get(link.peer());
    if (probed != null && probed.link == link) {
      byRelay.remove(link.peer());
    }
  }

  /** {@code from} has answered a ping; tells whether that was one of these. */
  boolean onPong(PeerId from, long nonce, long nowNs) {
    Probe probe = out.get(nonce);
    if (probe == null || !probe.target.equals(from)) {
      return false;
    }
    Probed probed = probe.probed;
    end(nonce, probed);
    if (!probe.straight) {
      probed.missed.clear();
      succeededNs = nowNs;
      everSucceeded = true;
    } else if (probed.missed.isEmpty()) {
      probed.missedSinceNs = nowNs;
      probed.missed.add(from);
    } else {
      probed.missed.add(from);
    }
    return true;
  }

  /** A relay says that the datagram {@code nonce} went no further. */
  void onNotice(long nonce) {
    Probe probe = out.get(nonce);
    if (probe != null) {
      end(nonce, probe.probed);
    }
  }

  private void end(long nonce, Probed probed) {
    out.remove(nonce);
    probed.waiting = false;
    probed.fresh = false;
  }

  /** Sends the probe that is due. Returns the links that lead nowhere; they are gone. */
  List<Link> onTick(long nowNs) {
    giveUp(nowNs);
    Probed next = byRelay.size() > config.minTargets() ? next(nowNs) : null;
    if (next != null) {
      probe(next, nowNs);
    }
    List<Link> bad = new ArrayList<>();
    for (Probed probed : byRelay.values()) {
      if (isBad(probed)) {
        bad.add(probed.link);
      }
    }
    bad.forEach(this::remove);
    return bad;
  }

  private boolean isBad(Probed probed) {
    int others = byRelay.size() - 1;
    int enough = Math.max(config.minTargets(), Math.min(config.maxTargets(), others));
    return probed.missed.size() >= enough
        && everSucceeded
        && succeededNs - probed.missedSinceNs > 0;
  }

  /** Asks the targets directly that have not answered in time. */
  private void giveUp(long nowNs) {
    List<Probe> late = new ArrayList<>();
    for (Iterator<Map.Entry<Long, Probe>> oldest = out.entrySet().iterator(); oldest.hasNext(); ) {
      Map.Entry<Long, Probe> next = oldest.next();
      if (nowNs - next.getValue().sentNs < config.answerNs()) {
        break;
      }
      late.add(next.getValue());
      oldest.remove();
    }
    for (Probe probe : late) {
      Link straight = probe.straight ? null : router.link(probe.target);
      if (straight == null) {
        probe.probed.waiting = false;
        probe.probed.fresh = false;
      } else {
        send(straight, new Probe(probe.probed, probe.target, true, nowNs));
      }
    }
  }

  /** A link that is in doubt, or else, more seldom, the one that was probed longest ago. */
  private @Nullable Probed next(long nowNs) {
    long quietNs = nowNs - sentNs;
    if (quietNs < config.doubtNs()) {
      return null;
    }
    Probed longestAgo = null;
    for (Probed probed : byRelay.values()) {
      if (!probed.waiting && probed.isDoubtful()) {
        return probed;
      }
      if (!probed.waiting && longestAgo == null) {
        longestAgo = probed;
      }
    }
    return quietNs >= config.transitNs() ? longestAgo : null;
  }

  private void probe(Probed probed, long nowNs) {
    Link link = probed.link;
    byRelay.remove(link.peer());
    byRelay.put(link.peer(), probed);
    sentNs = nowNs;
    PeerId target = target(probed);
    if (target != null) {
      probed.waiting = true;
      send(link, new Probe(probed, target, false, nowNs));
    }
  }

  private void send(Link over, Probe probe) {
    out.put(effects.probe(over, probe.target), probe);
  }

  /** One that has not been missed yet, if there is any. */
  private @Nullable PeerId target(Probed probed) {
    PeerId neighbour = probed.link.peer();
    List<PeerId> near =
        router.nearestInside(neighbour, config.nearTargets() + 1).stream()
            .map(Link::peer)
            .filter(peer -> !peer.equals(neighbour))
            .toList();
    List<PeerId> others = near.stream().filter(peer -> !probed.missed.contains(peer)).toList();
    List<PeerId> choice = others.isEmpty() ? near : others;
    return choice.isEmpty() ? null : choice.get(random.nextInt(choice.size()));
  }
}
