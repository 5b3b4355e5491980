package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * The URLs that the operator gave, each dialed until there is a link and again when it is lost, for
 * ever. Owned by the overlay.
 *
 * <p>A URL is not dialed while the peer last met there is linked over any link: npm peers close
 * both links when one of two is closed.
 */
final class Bootstraps {
  private static final class Entry {
    int failures;
    long nextDialNs;
    boolean dialing;
    @Nullable PeerId met;
    long metNs;
    @Nullable Long pausedUntilNs;
  }

  private final Backoff backoff;
  private final RandomGenerator random;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Bootstraps(Backoff backoff, RandomGenerator random) {
    this.backoff = backoff;
    this.random = random;
  }

  /** Dials {@code url} at the next occasion. */
  void add(String url, long nowNs) {
    entries.computeIfAbsent(url, unseen -> new Entry()).nextDialNs = nowNs;
  }

  /** Whether {@code url} is one of them. */
  boolean has(String url) {
    return entries.containsKey(url);
  }

  /**
   * Those that are being dialed and will probably answer: one that failed, or whose link was lost,
   * may be gone for long.
   */
  List<String> dialing() {
    List<String> urls = new ArrayList<>();
    entries.forEach(
        (url, entry) -> {
          if (entry.dialing && entry.failures == 0) {
            urls.add(url);
          }
        });
    return urls;
  }

  /** The URLs to dial now; each is regarded as being dialed until its result is told. */
  List<String> due(long nowNs, Predicate<PeerId> linked) {
    List<String> urls = new ArrayList<>();
    entries.forEach(
        (url, entry) -> {
          boolean there = entry.met != null && linked.test(entry.met);
          Long until = entry.pausedUntilNs;
          boolean paused = until != null && nowNs - until < 0;
          if (!there && !entry.dialing && !paused && nowNs - entry.nextDialNs >= 0) {
            entry.dialing = true;
            urls.add(url);
          }
        });
    return urls;
  }

  /** {@code peer} answered at {@code url}. */
  void onMet(String url, PeerId peer, long nowNs) {
    Entry entry = entries.get(url);
    if (entry != null) {
      entry.met = peer;
      entry.metNs = nowNs;
      entry.dialing = false;
      entry.nextDialNs = nowNs + backoff.delayNs(entry.failures, random);
    }
  }

  /**
   * The link from {@code url} is gone. It was no success if it did not even last as long as the
   * wait for it: a relay that takes links and drops them at once is not to be dialed at full speed.
   */
  void onLost(String url, long nowNs) {
    Entry entry = entries.get(url);
    if (entry != null && nowNs - entry.metNs >= backoff.nominalNs(entry.failures)) {
      entry.failures = 0;
    }
    onFailed(url, nowNs);
  }

  /** The link from {@code url} is gone, and not missed for about {@code aboutNs}. */
  void onSpared(String url, long aboutNs, long nowNs) {
    Entry entry = entries.get(url);
    if (entry != null) {
      entry.failures = 0;
      entry.dialing = false;
      entry.nextDialNs = nowNs + new Backoff(aboutNs, aboutNs).delayNs(0, random);
    }
  }

  /** Where {@code peer} was met last, nobody is dialed before {@code untilNs}. */
  void pause(PeerId peer, long untilNs) {
    for (Entry entry : entries.values()) {
      if (peer.equals(entry.met)) {
        entry.pausedUntilNs = untilNs;
      }
    }
  }

  /** Nobody answered at {@code url}, or this node itself did. */
  void onFailed(String url, long nowNs) {
    Entry entry = entries.get(url);
    if (entry != null) {
      entry.dialing = false;
      entry.nextDialNs = nowNs + backoff.delayNs(entry.failures++, random);
    }
  }
}
