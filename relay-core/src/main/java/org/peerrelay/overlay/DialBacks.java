package org.peerrelay.overlay;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Refusal;

/**
 * Checks of what relays that came in say of themselves: that they can be dialed at their URL. Those
 * under way, and what earlier ones have shown. Owned by {@link RelayTable}.
 */
final class DialBacks {
  private record Claim(PeerId peer, String url) {}

  private final TableConfig config;
  private final Effects effects;
  private final Counters counters;
  private final Map<PeerId, String> underWay = new HashMap<>();
  private final Expiring<Claim> held;
  private final Expiring<Claim> failed;

  DialBacks(TableConfig config, Effects effects, Counters counters) {
    this.config = config;
    this.effects = effects;
    this.counters = counters;
    this.held = new Expiring<>(config.maxDialBacksKept());
    this.failed = new Expiring<>(config.maxDialBacksKept());
  }

  /** Whether {@code peer} was met at {@code url} of late. */
  boolean holds(PeerId peer, String url, long nowNs) {
    return held.contains(new Claim(peer, url), nowNs);
  }

  /**
   * Dials {@code url} to see whether {@code peer} answers, unless that is under way, too many
   * others are, or it did not answer of late.
   */
  void begin(PeerId peer, String url, long nowNs) {
    if (underWay.size() < config.maxDialBacks()
        && !underWay.containsKey(peer)
        && !failed.contains(new Claim(peer, url), nowNs)) {
      underWay.put(peer, url);
      effects.verify(url, peer);
    }
  }

  /** A check has come to its end. */
  void onResult(String url, PeerId peer, boolean met, long nowNs) {
    underWay.remove(peer, url);
    if (met) {
      held.add(new Claim(peer, url), config.dialBackKeptNs(), nowNs);
    } else {
      counters.countRefused(Refusal.DIAL_BACK_FAILED);
      failed.add(new Claim(peer, url), config.dialBackRetryNs(), nowNs);
    }
  }

  /** Who is being checked. */
  Set<PeerId> underWay() {
    return underWay.keySet();
  }
}
