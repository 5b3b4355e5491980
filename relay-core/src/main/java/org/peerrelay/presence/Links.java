package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Accept;
import org.peerrelay.presence.PresenceFrame.Alive;
import org.peerrelay.presence.PresenceFrame.Ask;
import org.peerrelay.presence.PresenceFrame.Disconnect;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.relay.IdMap;
import org.peerrelay.relay.NamedCounts;

/**
 * The links of this peer with a few random members: a partial view as HyParView has it (Leitão,
 * Pereira and Rodrigues, 2007), drawn from a membership that is known in full. A link is asked for,
 * accepted and confirmed, kept by signs of life, and replaced when it is lost. Owned by its {@link
 * Gossip}.
 */
final class Links {
  /** So many members are drawn to find one that runs presence. */
  private static final int DRAWS = 8;

  /** So many are asked at once: where all begin together, all would else have too many. */
  private static final int MAX_ASKED = 2;

  /** How many members are remembered that are not to be asked, or not to be linked with. */
  private static final int MAX_AVOIDED = 256;

  private final PeerId self;
  private final PresenceConfig all;
  private final LinkConfig config;
  private final RecordStore store;
  private final RandomGenerator random;
  private final PresenceEffects effects;
  private final NamedCounts<PresenceDrop> drops;
  private final IdMap<Link> links = new IdMap<>();
  private final PeerTimes avoided = new PeerTimes(MAX_AVOIDED);
  private final PeerTimes banned = new PeerTimes(MAX_AVOIDED);
  private final TokenBucket evictions;

  Links(
      PeerId self,
      PresenceConfig config,
      RecordStore store,
      RandomGenerator random,
      PresenceEffects effects,
      NamedCounts<PresenceDrop> drops) {
    this.self = self;
    this.all = config;
    this.config = config.links();
    this.store = store;
    this.random = random;
    this.effects = effects;
    this.drops = drops;
    this.evictions = new TokenBucket(config.bounds().evictions());
  }

  /** Links in every state, a live view, in the order in which they were begun. */
  Collection<Link> all() {
    return Collections.unmodifiableCollection(links.values());
  }

  /** The link with {@code peer}, in any state; null if there is none. */
  @Nullable Link get(PeerId peer) {
    return links.get(peer);
  }

  /** The link with {@code peer}, if it is up. */
  @Nullable Link up(PeerId peer) {
    Link link = links.get(peer);
    return link != null && link.isUp() ? link : null;
  }

  void onAsk(PeerId from, boolean urgent, long nowNs) {
    Link link = links.get(from);
    if (link != null) {
      // Both have asked, or our answer was lost, or the other end has lost the link.
      link.heardNs = nowNs;
      if (!link.isUp()) {
        link.state = Link.State.ACCEPTED;
        link.sinceNs = nowNs;
      }
      effects.send(from, new Accept());
    } else if (banned.contains(from, nowNs)) {
      drops.count(PresenceDrop.BANNED);
      refuse(from);
    } else if (hasRoom() || (urgent && evictions.take(nowNs) && evict(nowNs))) {
      links.put(from, new Link(from, Link.State.ACCEPTED, all, nowNs));
      effects.send(from, new Accept());
    } else {
      drops.count(PresenceDrop.LINKS_FULL);
      refuse(from);
    }
  }

  /** Whether there is room for one that asks. */
  private boolean hasRoom() {
    return links.size() - drawn() < config.max() - config.drawn() && links.size() < config.max();
  }

  private int drawn() {
    int drawn = 0;
    for (Link link : links.values()) {
      drawn += link.drawn ? 1 : 0;
    }
    return drawn;
  }

  private void refuse(PeerId peer) {
    effects.send(peer, new Disconnect(DisconnectReason.FULL));
  }

  /** An answer to a question of ours; tells whether there was one. */
  boolean onAccept(PeerId from, long nowNs) {
    Link link = links.get(from);
    if (link == null) {
      return false;
    }
    link.heardNs = nowNs;
    if (!link.isUp()) {
      rise(link, nowNs);
      // Whoever has asked begins to compare; where both have, both do.
      link.compareAt(nowNs);
      sayAlive(link, nowNs);
    }
    return true;
  }

  private void rise(Link link, long nowNs) {
    link.state = Link.State.UP;
    link.sinceNs = nowNs;
    link.aliveNs = nowNs + random.nextLong(config.aliveNs());
  }

  /** The other end has no link with us, or no longer. */
  void onDisconnect(PeerId from, DisconnectReason reason, long nowNs) {
    Link link = links.remove(from);
    if (link != null && reason != DisconnectReason.NOT_LINKED) {
      avoided.add(from, nowNs + config.avoidNs());
    }
  }

  /** Something has come over a link: the link, if that makes it one that is up. */
  @Nullable Link heard(PeerId from, long nowNs) {
    Link link = links.get(from);
    if (link == null || link.state == Link.State.ASKED) {
      return null;
    }
    link.heardNs = nowNs;
    if (link.state == Link.State.ACCEPTED) {
      rise(link, nowNs);
    }
    return link;
  }

  /** Gives up a link whose other end has forged a record, and makes none with it for long. */
  void ban(Link link, long nowNs) {
    links.remove(link.peer);
    banned.add(link.peer, nowNs + config.banNs());
    avoided.add(link.peer, nowNs + config.banNs());
    effects.send(link.peer, new Disconnect(DisconnectReason.FORGED));
  }

  /** A member has left the swarm. */
  void gone(PeerId member) {
    links.remove(member);
  }

  /** Says goodbye to all. */
  void close() {
    for (Link link : links.values()) {
      effects.send(link.peer, new Disconnect(DisconnectReason.GOODBYE));
    }
    links.clear();
  }

  /** Asks for a link with a member that no path leads to, in the place of another if need be. */
  void bridge(PeerId member, long nowNs) {
    boolean free = !links.containsKey(member) && !avoided.contains(member, nowNs);
    if (free && (links.size() < config.max() || evict(nowNs))) {
      ask(member, true, nowNs);
    }
  }

  /**
   * Gives up one that is up, for a member that needs it more, but none of the last that were drawn;
   * tells whether there was one.
   */
  private boolean evict(long nowNs) {
    List<Link> up = new ArrayList<>(links.values());
    boolean spare = drawn() > config.drawn();
    up.removeIf(link -> !link.isUp() || (link.drawn && !spare));
    if (up.isEmpty()) {
      return false;
    }
    Link evicted = up.get(random.nextInt(up.size()));
    links.remove(evicted.peer);
    avoided.add(evicted.peer, nowNs + config.avoidNs());
    effects.send(evicted.peer, new Disconnect(DisconnectReason.REPLACED));
    return true;
  }

  /** Keeps, gives up and looks for links; ten times a second. */
  void tick(long nowNs) {
    List<Link> silent = new ArrayList<>(0);
    boolean alone = true;
    int asked = 0;
    for (Link link : links.values()) {
      if (isSilent(link, nowNs)) {
        silent.add(link);
      } else if (link.state == Link.State.ASKED) {
        asked++;
      } else if (link.isUp()) {
        alone = false;
        if (nowNs - link.aliveNs >= 0) {
          sayAlive(link, nowNs);
        }
      }
    }
    for (Link link : silent) {
      links.remove(link.peer);
      avoided.add(link.peer, nowNs + config.avoidNs());
      if (link.isUp()) {
        effects.send(link.peer, new Disconnect(DisconnectReason.SILENT));
      }
    }
    if (isLooking() && asked < MAX_ASKED) {
      PeerId member = stranger(nowNs);
      if (member != null) {
        ask(member, alone, nowNs);
      }
    }
  }

  private boolean isLooking() {
    return links.size() < config.target()
        || (links.size() < config.max() && drawn() < config.drawn());
  }

  private boolean isSilent(Link link, long nowNs) {
    return link.isUp()
        ? nowNs - link.heardNs >= config.silentNs()
        : nowNs - link.sinceNs >= config.askNs();
  }

  private void sayAlive(Link link, long nowNs) {
    effects.send(link.peer, new Alive(store.summary()));
    link.aliveNs = nowNs + config.aliveNs();
  }

  /** A member without a link, one that is known to run presence if a few draws find one. */
  private @Nullable PeerId stranger(long nowNs) {
    PeerId found = null;
    for (int i = 0; i < DRAWS; i++) {
      PeerId member = store.draw(random);
      if (member != null
          && !member.equals(self)
          && !links.containsKey(member)
          && !avoided.contains(member, nowNs)) {
        found = member;
        if (store.links(member) != null) {
          break;
        }
      }
    }
    return found;
  }

  private void ask(PeerId member, boolean urgent, long nowNs) {
    links.put(member, new Link(member, Link.State.ASKED, all, nowNs));
    effects.send(member, new Ask(urgent));
  }
}
