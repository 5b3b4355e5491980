package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.presence.PresenceFrame.Announce;
import org.peerrelay.presence.PresenceFrame.Fetch;
import org.peerrelay.relay.NamedCounts;

/**
 * Brings new records to everybody, as Plumtree does (Leitão, Pereira and Rodrigues, 2007): pushes
 * them over the links of a tree, which forms because a link over which they come twice leaves it;
 * announces them over the others; and takes a link into the tree again when an announced record has
 * not come. Owned by its {@link Gossip}.
 */
final class Spread {
  private final GossipConfig config;
  private final int maxAnnouncements;
  private final RecordStore store;
  private final Links links;
  private final Outlet outlet;
  private final RandomGenerator random;
  private final PresenceEffects effects;
  private final NamedCounts<PresenceDrop> drops;
  private final Wanted wanted;

  Spread(
      PresenceConfig config,
      RecordStore store,
      Links links,
      Outlet outlet,
      RandomGenerator random,
      PresenceEffects effects,
      NamedCounts<PresenceDrop> drops) {
    this.config = config.gossip();
    this.maxAnnouncements = config.bounds().maxAnnouncements();
    this.store = store;
    this.links = links;
    this.outlet = outlet;
    this.random = random;
    this.effects = effects;
    this.drops = drops;
    this.wanted = new Wanted(config.gossip(), config.bounds().maxWanted(), links, effects, drops);
  }

  /** Passes on records that were new, to all neighbours but the one that they are from. */
  void spread(List<SignedRecord> fresh, @Nullable Link from, long nowNs) {
    fresh.forEach(wanted::found);
    for (Link link : links.all()) {
      if (!link.isUp() || link == from) {
        continue;
      }
      boolean all = link.eager ? push(link, fresh, nowNs) : announce(link, fresh, nowNs);
      if (!all) {
        link.compareAt(nowNs + config.compareMinNs());
      }
    }
  }

  /** At once, if nothing was pushed in the last moment; else with the next tick. */
  private boolean push(Link link, List<SignedRecord> fresh, long nowNs) {
    List<SignedRecord> paid = outlet.payPush(link, fresh, nowNs);
    if (link.pushes.isEmpty() && nowNs - link.pushedNs >= config.pushGapNs()) {
      link.pushedNs = nowNs;
      outlet.push(link, paid);
    } else {
      link.pushes.addAll(paid);
    }
    return paid.size() == fresh.size();
  }

  private boolean announce(Link link, List<SignedRecord> fresh, long nowNs) {
    if (link.announcements.isEmpty()) {
      long halfNs = config.announceNs() / 2;
      link.announceNs = nowNs + halfNs + random.nextLong(halfNs + 1);
    }
    boolean all = true;
    for (SignedRecord record : fresh) {
      if (link.announcements.size() < maxAnnouncements) {
        link.announcements.put(record.key(), record.version());
      } else {
        drops.count(PresenceDrop.ANNOUNCEMENTS_FULL);
        all = false;
      }
    }
    return all;
  }

  /** Whether so much is looked for that it makes no sense to find more that is missing. */
  boolean isBusy() {
    return wanted.isHalfFull();
  }

  /** A comparison has shown that the neighbour has a record that we lack. */
  void lacking(Link link, RecordId id, long nowNs) {
    wanted.lacking(id, link.peer, nowNs);
  }

  void onAnnounce(Link link, Announce announce, long nowNs) {
    for (RecordId id : announce.records()) {
      RecordKey key = id.key();
      Long waiting = link.announcements.get(key);
      if (waiting != null && waiting <= id.version()) {
        link.announcements.remove(key);
      }
      if (store.isMember(id.peer()) && id.version() > store.version(key)) {
        wanted.announced(id, link.peer, nowNs);
      }
    }
  }

  void onFetch(Link link, Fetch fetch, long nowNs) {
    if (fetch.graft()) {
      link.eager = true;
    }
    List<SignedRecord> found = new ArrayList<>(fetch.records().size());
    for (RecordId id : fetch.records()) {
      SignedRecord record = store.get(id.key());
      if (record != null && record.version() >= id.version() && record.isSigned()) {
        found.add(record);
      }
    }
    outlet.answer(link, found, nowNs);
  }

  /** Pushes, announces and fetches what is due; ten times a second. */
  void tick(long nowNs) {
    for (Link link : links.all()) {
      if (!link.pushes.isEmpty() && nowNs - link.pushedNs >= config.pushGapNs()) {
        link.pushedNs = nowNs;
        outlet.push(link, link.pushes);
        link.pushes.clear();
      }
      if (!link.announcements.isEmpty() && nowNs - link.announceNs >= 0) {
        flush(link);
      }
    }
    wanted.tick(nowNs);
  }

  private void flush(Link link) {
    List<RecordId> ids = new ArrayList<>(link.announcements.size());
    Iterator<Map.Entry<RecordKey, Long>> all = link.announcements.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<RecordKey, Long> each = all.next();
      ids.add(new RecordId(each.getKey().kind(), each.getKey().peer(), each.getValue()));
      all.remove();
    }
    effects.send(link.peer, new Announce(ids));
  }
}
