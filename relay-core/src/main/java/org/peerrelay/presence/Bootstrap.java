package org.peerrelay.presence;

import org.jspecify.annotations.Nullable;
import org.peerrelay.presence.PresenceFrame.AskPages;
import org.peerrelay.presence.PresenceFrame.Page;

/**
 * Fetches the whole graph of the first neighbour, page by page, once; and serves ours to others.
 * Owned by its {@link Gossip}.
 */
final class Bootstrap {
  private final GossipConfig config;
  private final RecordStore store;
  private final Links links;
  private final Outlet outlet;
  private final PresenceEffects effects;
  private @Nullable Link source;
  private int cursor;
  private long askedNs;

  /** Pages that have been asked for and have not come; and how often in vain. */
  private int awaited;

  private int tries;
  private boolean done;

  Bootstrap(
      GossipConfig config, RecordStore store, Links links, Outlet outlet, PresenceEffects effects) {
    this.config = config;
    this.store = store;
    this.links = links;
    this.outlet = outlet;
    this.effects = effects;
  }

  boolean isDone() {
    return done;
  }

  /** Asks for what is due; ten times a second. */
  void tick(long nowNs) {
    if (done) {
      return;
    }
    Link asked = source;
    if (asked == null || links.up(asked.peer) != asked || tries > config.pageTries()) {
      Link other = other(asked);
      if (other != null) {
        source = other;
        cursor = 0;
        tries = 0;
        ask(other, nowNs);
      }
    } else {
      long elapsedNs = nowNs - askedNs;
      if (awaited > 0 && elapsedNs >= config.pageNs()) {
        tries++;
        ask(asked, nowNs);
      } else if (awaited == 0 && elapsedNs >= config.pageGapNs()) {
        ask(asked, nowNs);
      }
    }
  }

  /** Another link that is up; the same if it is the only one. */
  private @Nullable Link other(@Nullable Link asked) {
    Link found = null;
    for (Link link : links.all()) {
      if (link.isUp() && (found == null || found == asked)) {
        found = link;
      }
    }
    return found;
  }

  private void ask(Link link, long nowNs) {
    effects.send(link.peer, new AskPages(cursor, config.pages()));
    awaited = config.pages();
    askedNs = nowNs;
  }

  /** Whether a page is due from this neighbour; its records count if it is. */
  boolean awaits(Link link) {
    return !done && link == source && awaited > 0;
  }

  /** A page's records have been taken; tells whether it was the last. */
  boolean onPage(Page page) {
    awaited--;
    if (page.cursor() == cursor) {
      tries = 0;
      cursor = page.next();
      done = cursor == 0;
    }
    return done;
  }

  void onAsk(Link link, AskPages ask, long nowNs) {
    int next = ask.cursor();
    int left = Math.min(ask.pages(), config.pages());
    do {
      Page page = store.page(next);
      if (!outlet.answer(link, page, nowNs)) {
        return;
      }
      next = page.next();
      left--;
    } while (next != 0 && left > 0);
  }
}
