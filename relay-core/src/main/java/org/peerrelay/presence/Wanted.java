package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Fetch;
import org.peerrelay.relay.NamedCounts;

/**
 * Records that neighbours have and this peer has not: fetched from one of them after the other,
 * unless they come by themselves. Owned by {@link Spread}.
 */
final class Wanted {
  private static final int MAX_SOURCES = 3;

  private static final class Entry {
    long version;
    long dueNs;
    int tries;

    /** Whether it was announced, so that the tree has a gap if it does not come. */
    boolean graft;

    final List<PeerId> sources = new ArrayList<>(1);
  }

  /** One frame to be. */
  private record Request(Link link, boolean graft) {}

  private final GossipConfig config;
  private final int maxEntries;
  private final Links links;
  private final PresenceEffects effects;
  private final NamedCounts<PresenceDrop> drops;
  private final Map<RecordKey, Entry> entries = new LinkedHashMap<>(0);

  /** Nothing is due before. */
  private long nextNs;

  Wanted(
      GossipConfig config,
      int maxEntries,
      Links links,
      PresenceEffects effects,
      NamedCounts<PresenceDrop> drops) {
    this.config = config;
    this.maxEntries = maxEntries;
    this.links = links;
    this.effects = effects;
    this.drops = drops;
  }

  /** {@code source} has announced a record that we lack; it is fetched if it does not come. */
  void announced(RecordId id, PeerId source, long nowNs) {
    add(id, source, true, nowNs + config.graftNs(), nowNs);
  }

  /** A comparison has shown that {@code source} has a record that we lack. */
  void lacking(RecordId id, PeerId source, long nowNs) {
    add(id, source, false, nowNs, nowNs);
  }

  private void add(RecordId id, PeerId source, boolean graft, long dueNs, long nowNs) {
    Entry entry = entries.get(id.key());
    if (entry == null) {
      if (entries.size() >= maxEntries) {
        drops.count(PresenceDrop.WANTED_FULL);
        return;
      }
      if (entries.isEmpty()) {
        nextNs = dueNs;
      }
      entry = new Entry();
      entry.dueNs = dueNs;
      entry.graft = graft;
      entries.put(id.key(), entry);
      nextNs = nowNs + Math.min(nextNs - nowNs, dueNs - nowNs);
    }
    entry.version = Math.max(entry.version, id.version());
    if (entry.sources.size() < MAX_SOURCES && !entry.sources.contains(source)) {
      entry.sources.add(source);
    }
  }

  boolean isHalfFull() {
    return 2 * entries.size() >= maxEntries;
  }

  /** A record has come. */
  void found(SignedRecord record) {
    if (!entries.isEmpty()) {
      Entry entry = entries.get(record.key());
      if (entry != null && entry.version <= record.version()) {
        entries.remove(record.key());
      }
    }
  }

  /** Fetches what is due. */
  void tick(long nowNs) {
    if (entries.isEmpty() || nowNs - nextNs < 0) {
      return;
    }
    Map<Request, List<RecordId>> requests = new LinkedHashMap<>();
    long soonestNs = nowNs + config.fetchNs();
    Iterator<Map.Entry<RecordKey, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<RecordKey, Entry> each = all.next();
      Entry entry = each.getValue();
      if (nowNs - entry.dueNs >= 0) {
        Link link = entry.tries < config.fetchTries() ? source(entry) : null;
        if (link == null) {
          all.remove();
          continue;
        }
        entry.tries++;
        entry.dueNs = nowNs + config.fetchNs();
        RecordKey key = each.getKey();
        requests
            .computeIfAbsent(new Request(link, entry.graft), request -> new ArrayList<>())
            .add(new RecordId(key.kind(), key.peer(), entry.version));
      }
      soonestNs = nowNs + Math.min(soonestNs - nowNs, entry.dueNs - nowNs);
    }
    nextNs = soonestNs;
    requests.forEach(this::send);
  }

  /** The next source to whom there is a link. */
  private @Nullable Link source(Entry entry) {
    for (int i = 0; i < entry.sources.size(); i++) {
      Link link = links.up(entry.sources.get((entry.tries + i) % entry.sources.size()));
      if (link != null) {
        return link;
      }
    }
    return null;
  }

  private void send(Request request, List<RecordId> ids) {
    if (request.graft()) {
      request.link().eager = true;
    }
    effects.send(request.link().peer, new Fetch(request.graft(), ids));
  }
}
