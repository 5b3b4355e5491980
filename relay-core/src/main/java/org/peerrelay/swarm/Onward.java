package org.peerrelay.swarm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Router;
import org.peerrelay.swarm.DirectorySwarm.Pending;
import org.peerrelay.swarm.Subscribers.Subscriber;

/**
 * Who is told what: subscribers the news, and the relays that are nearer to a swarm, or that keep
 * copies, who is a member. Keeps nothing itself.
 */
final class Onward {
  private final PeerId self;
  private final Router router;
  private final SwarmEffects effects;

  Onward(PeerId self, Router router, SwarmEffects effects) {
    this.self = self;
    this.router = router;
    this.effects = effects;
  }

  /**
   * The link towards the first holder of {@code swarm}; null if that is this relay. One that others
   * cannot dial is no holder: what it knows goes to a relay that it has dialed.
   */
  @Nullable Link next(PeerId swarm) {
    Link nearer = router.nearer(swarm, 0, true);
    if (nearer != null || !router.nearestInside(self, 1).isEmpty()) {
      return nearer;
    }
    return router.nearestRelays(swarm, 1).stream()
        .filter(link -> link.dialedUrl() != null)
        .findFirst()
        .orElse(null);
  }

  /** Whether this relay is the first holder of {@code swarm}. */
  boolean isFirst(PeerId swarm) {
    return next(swarm) == null;
  }

  /** Passes on what is not kept here, each to where its swarm's way goes on. */
  void pass(List<SwarmRecord> records) {
    Map<PeerId, List<SwarmRecord>> bySwarm = new LinkedHashMap<>();
    for (SwarmRecord record : records) {
      bySwarm.computeIfAbsent(record.membership().swarm(), unseen -> new ArrayList<>()).add(record);
    }
    bySwarm.forEach(
        (swarm, some) -> {
          Link next = next(swarm);
          if (next != null) {
            effects.send(next.peer(), new Message.SwarmPublish(false, some));
          }
        });
  }

  /** Tells of up to {@code max} members what is still to be told; returns of how many. */
  int flush(DirectorySwarm swarm, int max, long nowNs) {
    List<SwarmRecord> all = new ArrayList<>();
    List<SwarmRecord> visible = new ArrayList<>();
    List<SwarmRecord> onward = new ArrayList<>();
    Iterator<Map.Entry<PeerId, Pending>> pending = swarm.pending().entrySet().iterator();
    while (all.size() < max && pending.hasNext()) {
      Map.Entry<PeerId, Pending> next = pending.next();
      pending.remove();
      KnownMember member = swarm.members().get(next.getKey());
      if (member != null) {
        SwarmRecord record = member.record(nowNs);
        all.add(record);
        addIf(next.getValue().visible(), visible, record);
        addIf(next.getValue().onward(), onward, record);
      }
    }
    tellSubscribers(swarm, all, visible);
    tellHolders(swarm.id(), onward);
    return all.size();
  }

  private static void addIf(boolean wanted, List<SwarmRecord> records, SwarmRecord record) {
    if (wanted) {
      records.add(record);
    }
  }

  /** Members hear of those who come and go, relays also that they stay, or where. */
  private void tellSubscribers(
      DirectorySwarm swarm, List<SwarmRecord> all, List<SwarmRecord> visible) {
    for (Subscriber subscriber : swarm.subscribers().all()) {
      inPages(
          subscriber.relay() ? all : visible,
          page ->
              effects.send(
                  subscriber.id(),
                  new Message.SwarmNews(swarm.id(), subscriber.token(), null, page)));
    }
  }

  private void tellHolders(PeerId swarm, List<SwarmRecord> records) {
    Link next = next(swarm);
    if (next != null) {
      inPages(records, page -> effects.send(next.peer(), new Message.SwarmPublish(false, page)));
      return;
    }
    for (Link copy : router.nearestInside(swarm, router.pointerCopies())) {
      inPages(records, page -> effects.send(copy.peer(), new Message.SwarmPublish(true, page)));
    }
  }

  private static void inPages(List<SwarmRecord> records, Consumer<List<SwarmRecord>> page) {
    for (int from = 0; from < records.size(); from += Message.MAX_SWARM_RECORDS) {
      int to = Math.min(from + Message.MAX_SWARM_RECORDS, records.size());
      page.accept(records.subList(from, to));
    }
  }
}
