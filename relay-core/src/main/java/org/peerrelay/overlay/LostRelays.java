package org.peerrelay.overlay;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Relays that had a place in the table until their links were lost, each dialed again now and then.
 * Most have died. But where a network was cut in two they are all there, and nobody on this side
 * names them: whoever comes back first leads to the others. Owned by {@link RelayTable}.
 */
final class LostRelays {
  private record Lost(String url, long lostNs) {}

  private final TableConfig config;
  private final RandomGenerator random;
  private final Backoff pause;
  private final Backoff shortPause;

  /** The one whose turn is next first. */
  private final Map<PeerId, Lost> inTurn = new LinkedHashMap<>();

  private long nextNs;

  /** How many are still to be dialed at a quicker pace. */
  private int hurried;

  LostRelays(TableConfig config, RandomGenerator random) {
    this.config = config;
    this.random = random;
    this.pause = new Backoff(config.lostDialNs(), config.lostDialNs());
    this.shortPause = new Backoff(config.returnDialNs(), config.returnDialNs());
  }

  /** The link in the table is lost. Of too many the one whose turn is next is forgotten. */
  void add(PeerId relay, String url, long nowNs) {
    if (inTurn.isEmpty()) {
      nextNs = nowNs + pause.delayNs(0, random);
    }
    inTurn.remove(relay);
    inTurn.put(relay, new Lost(url, nowNs));
    if (inTurn.size() > config.maxLost()) {
      inTurn.remove(inTurn.keySet().iterator().next());
    }
  }

  /**
   * {@code relay} is linked. Tells whether it was lost: then the network may be back, and not only
   * it, and all others are dialed once, one soon after the other.
   */
  boolean hasReturned(PeerId relay, long nowNs) {
    boolean returned = inTurn.remove(relay) != null;
    if (returned) {
      hurried = inTurn.size();
      // Not later than before: one that comes and goes is not to keep the others waiting.
      long soonNs = nowNs + shortPause.delayNs(0, random);
      nextNs = soonNs - nextNs < 0 ? soonNs : nextNs;
    }
    return returned;
  }

  /** The one to dial now, if it is time for one. */
  @Nullable KnownRelay due(long nowNs) {
    inTurn.values().removeIf(lost -> nowNs - lost.lostNs >= config.lostKeptNs());
    Iterator<Map.Entry<PeerId, Lost>> turns = inTurn.entrySet().iterator();
    if (!turns.hasNext() || nowNs - nextNs < 0) {
      return null;
    }
    hurried = Math.max(0, hurried - 1);
    nextNs = nowNs + (hurried > 0 ? shortPause : pause).delayNs(0, random);
    Map.Entry<PeerId, Lost> first = turns.next();
    PeerId relay = first.getKey();
    Lost lost = first.getValue();
    turns.remove();
    inTurn.put(relay, lost);
    return new KnownRelay(relay, lost.url, 0);
  }
}
