package org.peerrelay.rate;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peerrelay.id.PeerId;

/**
 * A {@link TokenBucket} for each of many peers. A full one takes no room once {@link #sweep} has
 * been called; of too many, that of whoever has had one longest is forgotten, and is full again.
 * Not thread-safe.
 */
public final class PeerBuckets {
  private final Rate rate;
  private final int maxPeers;
  private final Map<PeerId, TokenBucket> used = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param maxPeers for how many there is one at most
   */
  public PeerBuckets(Rate rate, int maxPeers) {
    this.rate = rate;
    this.maxPeers = maxPeers;
  }

  /** Takes {@code count} of what {@code peer} may have, as {@link TokenBucket#take}. */
  public boolean take(PeerId peer, long count, long nowNs) {
    TokenBucket bucket = used.get(peer);
    if (bucket == null) {
      if (used.size() >= maxPeers) {
        removeFirst();
      }
      bucket = new TokenBucket(rate);
      used.put(peer, bucket);
    }
    return bucket.take(count, nowNs);
  }

  private void removeFirst() {
    Iterator<PeerId> first = used.keySet().iterator();
    first.next();
    first.remove();
  }

  /** Forgets who may have all again. */
  public void sweep(long nowNs) {
    used.values().removeIf(bucket -> bucket.isFull(nowNs));
  }

  /** How many peers are remembered. */
  int size() {
    return used.size();
  }
}
