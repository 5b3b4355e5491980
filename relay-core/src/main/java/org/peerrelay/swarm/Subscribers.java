package org.peerrelay.swarm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.rate.Rate;
import org.peerrelay.rate.TokenBucket;

/**
 * Who wants to be told of one swarm's members: members that are attached here, and relays that have
 * some. Each asks again before it is forgotten. Owned by the {@link SwarmDirectory}.
 */
final class Subscribers {
  /**
   * One of them.
   *
   * @param relay whether it is a relay, and no member
   * @param token what it knows the news by
   */
  record Subscriber(
      PeerId id,
      boolean relay,
      long token,
      long endsNs,
      TokenBucket questions,
      TokenBucket answered) {}

  private final DirectoryConfig config;
  private final Map<PeerId, Subscriber> byId = new LinkedHashMap<>();

  Subscribers(DirectoryConfig config) {
    this.config = config;
  }

  /** Somebody has asked; tells whether he may be answered, or has asked too often. */
  boolean add(PeerId id, boolean relay, long token, long nowNs) {
    Subscriber known = byId.remove(id);
    TokenBucket questions =
        known == null ? new TokenBucket(Rate.perS(config.answersPerS())) : known.questions();
    TokenBucket answered =
        known == null
            ? new TokenBucket(new Rate(config.answeredPerS(), config.maxMembersPerSwarm()))
            : known.answered();
    long endsNs = nowNs + config.subscriptionNs();
    byId.put(id, new Subscriber(id, relay, token, endsNs, questions, answered));
    return questions.take(nowNs);
  }

  /** Whether who has asked may be told of so many members now. */
  boolean mayBeTold(PeerId id, int members, long nowNs) {
    Subscriber known = byId.get(id);
    return known != null && known.answered().take(members, nowNs);
  }

  /** Somebody has gone. */
  void remove(PeerId id) {
    byId.remove(id);
  }

  /** Forgets who has not asked for long. */
  List<PeerId> takeEnded(long nowNs) {
    List<PeerId> ended = new ArrayList<>();
    Iterator<Subscriber> oldest = byId.values().iterator();
    while (oldest.hasNext()) {
      Subscriber next = oldest.next();
      if (nowNs - next.endsNs() < 0) {
        break;
      }
      ended.add(next.id());
      oldest.remove();
    }
    return ended;
  }

  /** All of them. */
  Iterable<Subscriber> all() {
    return byId.values();
  }

  /** How many copies what is for all members takes here, and at most to other relays. */
  int count() {
    return byId.size();
  }

  @Nullable Subscriber get(PeerId id) {
    return byId.get(id);
  }

  /** Whether members of the swarm are among them. */
  boolean hasMembers() {
    for (Subscriber subscriber : byId.values()) {
      if (!subscriber.relay()) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }
}
