package org.peerrelay.swarm;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Refusal;
import org.peerrelay.relay.Router;
import org.peerrelay.swarm.Subscribers.Subscriber;

/**
 * The way of what one member sends to all: from its relay to the first holder, from there to all
 * relays that have members, and from each to those. So its author sends one frame, and each relay
 * gets one. Keeps nothing itself.
 */
final class Casts {
  private final DirectoryConfig config;
  private final Router router;
  private final Onward onward;
  private final SwarmEffects effects;

  Casts(DirectoryConfig config, Router router, Onward onward, SwarmEffects effects) {
    this.config = config;
    this.router = router;
    this.onward = onward;
    this.effects = effects;
  }

  /** It is on its way to the first holder. */
  void onCast(DirectorySwarm swarm, Arrival arrival, Message.SwarmData data, long nowNs) {
    Link next = onward.next(swarm.id());
    boolean isMember = swarm.members().isPresent(arrival.from());
    if (isMember || next == null) {
      if (!isMember || refuses(swarm, arrival.from(), data, nowNs)) {
        router.counters().countRefused(isMember ? Refusal.SWARM_CASTS : Refusal.SWARM_STRANGER);
        return;
      }
      tellMembers(swarm, arrival, data);
    }
    if (next == null) {
      tellHomes(swarm, arrival, data);
    } else if (!next.peer().equals(arrival.over())) {
      effects.pass(arrival, data, next);
    }
  }

  /** It has come from the first holder. */
  void onFanOut(DirectorySwarm swarm, Arrival arrival, Message.SwarmData data, long nowNs) {
    boolean isMember = swarm.members().isPresent(arrival.from());
    if (!isMember || refuses(swarm, arrival.from(), data, nowNs)) {
      router.counters().countRefused(isMember ? Refusal.SWARM_CASTS : Refusal.SWARM_STRANGER);
      return;
    }
    tellMembers(swarm, arrival, data);
  }

  private boolean refuses(DirectorySwarm swarm, PeerId author, Message.SwarmData data, long nowNs) {
    int copies = Math.max(1, swarm.subscribers().count());
    return data.payload().sizeBytes() > config.maxCastBytes()
        || !swarm.casts().take(author, copies, nowNs);
  }

  private void tellMembers(DirectorySwarm swarm, Arrival arrival, Message.SwarmData data) {
    for (Subscriber subscriber : swarm.subscribers().all()) {
      Link link = subscriber.relay() ? null : memberLink(subscriber.id(), arrival);
      if (link != null) {
        effects.pass(arrival, data, link);
      }
    }
  }

  private @Nullable Link memberLink(PeerId member, Arrival arrival) {
    return member.equals(arrival.from()) ? null : router.link(member);
  }

  private void tellHomes(DirectorySwarm swarm, Arrival arrival, Message.SwarmData data) {
    for (Subscriber subscriber : swarm.subscribers().all()) {
      if (subscriber.relay() && !subscriber.id().equals(arrival.over())) {
        effects.fanOut(arrival, data, subscriber.id());
      }
    }
  }
}
