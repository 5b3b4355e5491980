package org.peerrelay.swarm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
import org.peerrelay.rate.PeerBuckets;
import org.peerrelay.rate.Rate;

/** All that a relay knows of one swarm. Owned by the {@link SwarmDirectory}. */
final class DirectorySwarm {
  /** What is still to be told of a member. */
  record Pending(boolean visible, boolean onward) {
    Pending and(Pending more) {
      return new Pending(visible || more.visible, onward || more.onward);
    }
  }

  private final PeerId id;
  private final long sinceNs;
  private final SwarmMembers members = new SwarmMembers();
  private final Subscribers subscribers;
  private final Upstream upstream;

  /** Members of which somebody is still to be told, in the order in which they changed. */
  private final Map<PeerId, Pending> pending = new LinkedHashMap<>();

  private final Doubts doubtful = new Doubts();

  private final PeerBuckets casts;
  private final PeerBuckets publishes;

  DirectorySwarm(PeerId id, DirectoryConfig config, RandomGenerator random, long nowNs) {
    this.id = id;
    this.sinceNs = nowNs;
    this.subscribers = new Subscribers(config);
    this.upstream = new Upstream(config, random);
    this.casts = buckets(config.castCopiesPerS(), config);
    this.publishes = buckets(config.publishesPerS(), config);
  }

  private static PeerBuckets buckets(int perS, DirectoryConfig config) {
    return new PeerBuckets(Rate.perS(perS), config.maxMembersPerSwarm());
  }

  PeerId id() {
    return id;
  }

  /** Since when this relay has known of it. */
  long sinceNs() {
    return sinceNs;
  }

  SwarmMembers members() {
    return members;
  }

  Subscribers subscribers() {
    return subscribers;
  }

  Upstream upstream() {
    return upstream;
  }

  Map<PeerId, Pending> pending() {
    return pending;
  }

  /** To be told of {@code peer}: everybody if that is visible, and who is nearer if onward. */
  void tell(PeerId peer, boolean visible, boolean onward) {
    pending.merge(peer, new Pending(visible, onward), Pending::and);
  }

  Doubts doubtful() {
    return doubtful;
  }

  /** How many copies of what it sends to all each member may still cause. */
  PeerBuckets casts() {
    return casts;
  }

  /** How often each member may still say that it is there, or leaves. */
  PeerBuckets publishes() {
    return publishes;
  }
}
