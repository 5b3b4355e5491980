package org.peerrelay.swarm;

import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Refusal;
import org.peerrelay.relay.Router;

/**
 * The questions for a swarm's members: those that are answered here, and those that this relay asks
 * the first holder. Who has asked is told what changes from then on. Keeps nothing itself.
 */
final class Questions {
  private final PeerId self;
  private final DirectoryConfig config;
  private final Router router;
  private final Onward onward;
  private final SwarmEffects effects;

  Questions(
      PeerId self, DirectoryConfig config, Router router, Onward onward, SwarmEffects effects) {
    this.self = self;
    this.config = config;
    this.router = router;
    this.onward = onward;
    this.effects = effects;
  }

  /**
   * Tells the asker what he lacks, unless there are too many who ask, or he asks too much.
   *
   * @param relay whether the asker is a relay, and no member
   */
  void answer(DirectorySwarm swarm, Message.SwarmSync sync, boolean relay, long nowNs) {
    boolean isNew = swarm.subscribers().get(sync.asker()) == null;
    if (isNew && swarm.subscribers().count() >= config.maxMembersPerSwarm()) {
      router.counters().countRefused(Refusal.SWARMS_FULL);
    } else if (!swarm.subscribers().add(sync.asker(), relay, sync.token(), nowNs)) {
      router.counters().countRefused(Refusal.SWARM_QUESTIONS);
    } else {
      List<Message.SwarmNews> pages =
          Pages.answer(sync, swarm.members(), knowsAll(swarm, nowNs), nowNs);
      if (swarm.subscribers().mayBeTold(sync.asker(), Pages.records(pages), nowNs)) {
        pages.forEach(page -> effects.send(sync.asker(), page));
      } else {
        router.counters().countRefused(Refusal.SWARM_QUESTIONS);
      }
    }
  }

  private boolean knowsAll(DirectorySwarm swarm, long nowNs) {
    return onward.isFirst(swarm.id())
        ? nowNs - swarm.sinceNs() >= config.settleNs()
        : swarm.upstream().isEqual(nowNs);
  }

  /** Asks the first holder, if that is another relay and a question is due. */
  void ask(DirectorySwarm swarm, long nowNs) {
    Link next = onward.next(swarm.id());
    if (next != null && swarm.upstream().isDue(nowNs)) {
      send(swarm, self, swarm.upstream().token(), next.peer());
    }
  }

  /** For this relay, and for the homes that have asked this one: else they miss what is for all. */
  void askNewHolder(DirectorySwarm swarm, PeerId holder, long nowNs) {
    if (swarm.subscribers().hasMembers()) {
      swarm.upstream().hurry(nowNs);
      ask(swarm, nowNs);
    }
    for (Subscribers.Subscriber home : swarm.subscribers().all()) {
      if (home.relay() && !home.id().equals(holder)) {
        send(swarm, home.id(), home.token(), holder);
      }
    }
  }

  private void send(DirectorySwarm swarm, PeerId asker, long token, PeerId to) {
    effects.send(
        to, new Message.SwarmSync(swarm.id(), asker, token, swarm.members().digest().copy()));
  }
}
