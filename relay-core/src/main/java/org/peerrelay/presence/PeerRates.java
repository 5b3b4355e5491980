package org.peerrelay.presence;

import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;

/**
 * A budget for each of many peers; those whose budget is full again are forgotten. Of too many, the
 * one whose budget was made longest ago is forgotten and has a full one again.
 */
final class PeerRates {
  private final Rate rate;
  private final int maxPeers;
  private final IdMap<TokenBucket> buckets = new IdMap<>();

  PeerRates(Rate rate, int maxPeers) {
    this.rate = rate;
    this.maxPeers = maxPeers;
  }

  /** Takes one of {@code peer}'s, if there is one; tells whether there was. */
  boolean take(PeerId peer, long nowNs) {
    TokenBucket bucket = buckets.get(peer);
    if (bucket == null) {
      if (buckets.size() >= maxPeers) {
        buckets.removeFirst();
      }
      bucket = new TokenBucket(rate, nowNs);
      buckets.put(peer, bucket);
    }
    return bucket.take(1, nowNs);
  }

  void forgetFull(long nowNs) {
    buckets.values().removeIf(bucket -> bucket.isFull(nowNs));
  }

  int size() {
    return buckets.size();
  }
}
