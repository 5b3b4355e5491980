package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;

/**
 * The relays that this node has dialed and met, for the day on which it has too few links. Owned by
 * the overlay.
 *
 * <p>Only what was dialed from here counts: who comes in can name any URL, and push out the others.
 * Bounded; of too many the one with the most failures goes, and of those the one met longest ago.
 */
final class KnownRelays {
  private static final class Entry {
    final String url;
    int failures;
    boolean dialing;
    @Nullable Long nextDialNs;

    Entry(String url, int failures) {
      this.url = url;
      this.failures = failures;
    }
  }

  private final int maxRelays;
  private final Backoff backoff;
  private final RandomGenerator random;

  /** The one met longest ago first. */
  private final IdMap<Entry> byId = new IdMap<>();

  KnownRelays(int maxRelays, Backoff backoff, RandomGenerator random) {
    this.maxRelays = maxRelays;
    this.backoff = backoff;
    this.random = random;
  }

  /** Takes what was known before a restart, in the order of {@link #all}. */
  void recall(List<KnownRelay> relays) {
    relays.forEach(relay -> put(relay.id(), new Entry(relay.url(), relay.failures())));
  }

  /** All of them, the one met longest ago first. */
  List<KnownRelay> all() {
    List<KnownRelay> all = new ArrayList<>();
    byId.forEach((id, entry) -> all.add(new KnownRelay(id, entry.url, entry.failures)));
    return all;
  }

  /** {@code relay} has proven its id at {@code url}. */
  void onMet(PeerId relay, String url) {
    put(relay, new Entry(url, 0));
  }

  /** The link that was made at {@code url} is lost: others come first, for a start. */
  void onLost(PeerId relay, String url) {
    put(relay, new Entry(url, 1));
  }

  private void put(PeerId relay, Entry entry) {
    byId.remove(relay);
    byId.put(relay, entry);
    if (byId.size() > maxRelays) {
      bestFirst().stream().reduce((best, worst) -> worst).ifPresent(byId::remove);
    }
  }

  /** Nobody has answered at {@code url}, or somebody else. */
  void onFailed(PeerId relay, String url, long nowNs) {
    Entry entry = byId.get(relay);
    if (entry != null && entry.url.equals(url)) {
      entry.dialing = false;
      entry.nextDialNs = nowNs + backoff.delayNs(entry.failures++, random);
    }
  }

  /** Where {@code relay} was met; null if it is not known. */
  @Nullable String url(PeerId relay) {
    Entry entry = byId.get(relay);
    return entry == null ? null : entry.url;
  }

  /** The URLs that are being dialed. */
  List<String> dialing() {
    return byId.values().stream().filter(entry -> entry.dialing).map(entry -> entry.url).toList();
  }

  /**
   * Up to {@code count} of those that are {@code wanted} to dial now, those that failed least often
   * and were met last first. Each is regarded as being dialed until its result is told.
   */
  List<KnownRelay> due(int count, Predicate<KnownRelay> wanted, long nowNs) {
    List<KnownRelay> due = new ArrayList<>();
    for (PeerId id : bestFirst()) {
      Entry entry = byId.get(id);
      if (due.size() >= count || entry == null) {
        break;
      }
      KnownRelay relay = new KnownRelay(id, entry.url, entry.failures);
      boolean waits = entry.nextDialNs != null && nowNs - entry.nextDialNs < 0;
      if (!entry.dialing && !waits && wanted.test(relay)) {
        entry.dialing = true;
        due.add(relay);
      }
    }
    return due;
  }

  private List<PeerId> bestFirst() {
    List<Map.Entry<PeerId, Entry>> entries = new ArrayList<>();
    byId.entrySet().forEach(entry -> entries.add(0, entry));
    entries.sort(Comparator.comparingInt(entry -> entry.getValue().failures));
    return entries.stream().map(Map.Entry::getKey).toList();
  }
}
