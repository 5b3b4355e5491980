package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Accept;
import org.peerrelay.presence.PresenceFrame.Alive;
import org.peerrelay.presence.PresenceFrame.Announce;
import org.peerrelay.presence.PresenceFrame.AnnounceOnly;
import org.peerrelay.presence.PresenceFrame.Answer;
import org.peerrelay.presence.PresenceFrame.Ask;
import org.peerrelay.presence.PresenceFrame.AskPages;
import org.peerrelay.presence.PresenceFrame.Digest;
import org.peerrelay.presence.PresenceFrame.Disconnect;
import org.peerrelay.presence.PresenceFrame.Fetch;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.presence.PresenceFrame.Versions;
import org.peerrelay.rate.PeerBuckets;
import org.peerrelay.relay.NamedCounts;

/**
 * Brings the newest records of every member to every member. It knows nothing of graphs: a {@link
 * RecordListener} hears of each record. One thread.
 */
public final class Gossip {
  private static final long TIDY_NS = TimeUnit.SECONDS.toNanos(10);

  private final PeerId self;
  private final RecordListener listener;
  private final PresenceEffects effects;
  private final NamedCounts<PresenceDrop> drops = new NamedCounts<>(PresenceDrop.class);
  private final RecordStore store;
  private final Links links;
  private final Publisher publisher;
  private final Intake intake;
  private final Spread spread;
  private final AntiEntropy antiEntropy;
  private final Bootstrap bootstrap;
  private final PeerBuckets strangers;
  private long tidiedNs;

  /**
   * Gossip of one presence in one swarm.
   *
   * @param self this peer, which counts as a member
   * @param presence tells this presence from others of the same swarm
   * @param random decides with whom links are made, and when what can wait is done
   */
  public Gossip(
      PeerId self,
      long presence,
      PresenceConfig config,
      RandomGenerator random,
      PresenceEffects effects,
      RecordListener listener,
      long nowNs) {
    this.self = self;
    this.listener = listener;
    this.effects = effects;
    this.store = new RecordStore(config.bounds().maxMembers());
    this.links = new Links(self, config, store, random, effects, drops);
    this.publisher = new Publisher(self, presence, config, effects, nowNs);
    this.intake =
        new Intake(
            self, presence, config.bounds(), store, publisher, effects, listener, drops, nowNs);
    Outlet outlet = new Outlet(effects, drops);
    this.spread = new Spread(config, store, links, outlet, random, effects, drops);
    this.antiEntropy =
        new AntiEntropy(config.gossip(), store, links, spread, outlet, random, effects);
    this.bootstrap = new Bootstrap(config.gossip(), store, links, outlet, effects);
    this.strangers = new PeerBuckets(config.bounds().stranger(), config.bounds().maxStrangers());
    this.tidiedNs = nowNs;
    store.add(self);
  }

  /** A member of the swarm; only members count, and only their keys make records count. */
  public void onMember(PeerId member, long nowNs) {
    if (store.isMember(member)) {
      return;
    }
    if (store.isFull()) {
      drops.count(PresenceDrop.MEMBERS_FULL);
      return;
    }
    store.add(member);
    List<SignedRecord> early = intake.early(member);
    if (!early.isEmpty()) {
      take(early, null, nowNs);
    }
  }

  /** A member has left the swarm: all that is known of it is forgotten. */
  public void onMemberLeft(PeerId member, long nowNs) {
    if (!member.equals(self) && store.remove(member)) {
      links.gone(member);
      publisher.forget(member);
      listener.onGone(member, nowNs);
    }
  }

  /** A frame has come from a member, and is from that member. */
  public void onFrame(PeerId from, PresenceFrame frame, long nowNs) {
    if (from.equals(self) || !store.isMember(from)) {
      drops.count(PresenceDrop.NOT_A_MEMBER);
      return;
    }
    Link link = links.get(from);
    if (link == null ? !strangers.take(from, 1, nowNs) : !isAffordable(link, frame, nowNs)) {
      drops.count(link == null ? PresenceDrop.STRANGER_RATE : PresenceDrop.NEIGHBOUR_RATE);
    } else if (frame instanceof Ask ask) {
      links.onAsk(from, ask.urgent(), nowNs);
    } else if (frame instanceof Disconnect disconnect) {
      onDisconnect(from, disconnect.reason(), nowNs);
    } else if (frame instanceof Accept) {
      if (!links.onAccept(from, nowNs)) {
        refuse(from);
      }
    } else {
      Link up = links.heard(from, nowNs);
      if (up != null) {
        onLinkFrame(up, frame, nowNs);
      } else if (link == null) {
        refuse(from);
      } else {
        // It has not answered our question yet.
        drops.count(PresenceDrop.NOT_LINKED);
      }
    }
  }

  private void refuse(PeerId from) {
    drops.count(PresenceDrop.NOT_LINKED);
    effects.send(from, new Disconnect(DisconnectReason.NOT_LINKED));
  }

  private static boolean isAffordable(Link link, PresenceFrame frame, long nowNs) {
    return link.framesIn.take(nowNs) && link.bytesIn.take(frame.encodedBytes(), nowNs);
  }

  private void onDisconnect(PeerId from, DisconnectReason reason, long nowNs) {
    links.onDisconnect(from, reason, nowNs);
    if (reason == DisconnectReason.GOODBYE) {
      publisher.forget(from);
    }
  }

  private void onLinkFrame(Link link, PresenceFrame frame, long nowNs) {
    if (frame instanceof Push push) {
      onPush(link, push, nowNs);
    } else if (frame instanceof Answer answer) {
      take(answer.records(), link, nowNs);
    } else if (frame instanceof Announce announce) {
      spread.onAnnounce(link, announce, nowNs);
    } else if (frame instanceof Alive alive) {
      antiEntropy.onAlive(link, alive.summary(), nowNs);
    } else if (frame instanceof Fetch fetch) {
      spread.onFetch(link, fetch, nowNs);
    } else if (frame instanceof AnnounceOnly) {
      link.eager = false;
    } else if (frame instanceof Digest digest) {
      antiEntropy.onDigest(link, digest, nowNs);
    } else if (frame instanceof Versions versions) {
      antiEntropy.onVersions(link, versions, nowNs);
    } else if (frame instanceof AskPages ask) {
      bootstrap.onAsk(link, ask, nowNs);
    } else if (frame instanceof Page page) {
      onPage(link, page, nowNs);
    }
  }

  /** A link over which most comes first belongs to the tree; others do not. */
  private void onPush(Link link, Push push, long nowNs) {
    int known = take(push.records(), link, nowNs);
    if (2 * known <= push.records().size()) {
      link.eager = true;
    } else if (link.eager && links.up(link.peer) == link) {
      link.eager = false;
      effects.send(link.peer, new AnnounceOnly());
    }
  }

  private void onPage(Link link, Page page, long nowNs) {
    if (!bootstrap.awaits(link)) {
      drops.count(PresenceDrop.UNASKED_PAGE);
      return;
    }
    takeIn(page.records(), link, new ArrayList<>(), nowNs);
    if (bootstrap.onPage(page)) {
      listener.onBootstrapped();
    }
  }

  /** Takes records, and passes on what was new; how many had been known before. */
  private int take(List<SignedRecord> records, @Nullable Link link, long nowNs) {
    List<SignedRecord> fresh = new ArrayList<>(records.size());
    int known = takeIn(records, link, fresh, nowNs);
    if (!fresh.isEmpty()) {
      spread.spread(fresh, link, nowNs);
    }
    return known;
  }

  private int takeIn(
      List<SignedRecord> records, @Nullable Link link, List<SignedRecord> fresh, long nowNs) {
    int known = 0;
    for (SignedRecord record : records) {
      Intake.Outcome outcome = intake.take(record, nowNs);
      if (outcome == Intake.Outcome.NEW) {
        fresh.add(record);
      } else if (outcome == Intake.Outcome.KNOWN) {
        known++;
      } else if (outcome == Intake.Outcome.FORGED && link != null) {
        // An honest neighbour would not have passed it on.
        links.ban(link, nowNs);
        break;
      }
    }
    return known;
  }

  /** Lets time pass; ten times a second. */
  public void onTick(long nowNs) {
    links.tick(nowNs);
    bootstrap.tick(nowNs);
    publish(publisher.due(links, nowNs), nowNs);
    spread.tick(nowNs);
    if (bootstrap.isDone()) {
      antiEntropy.tick(nowNs);
    }
    if (nowNs - tidiedNs >= TIDY_NS) {
      tidiedNs = nowNs;
      strangers.sweep(nowNs);
    }
  }

  private void publish(List<SignedRecord> records, long nowNs) {
    for (SignedRecord record : records) {
      intake.put(record, nowNs);
    }
    if (!records.isEmpty()) {
      spread.spread(records, null, nowNs);
    }
  }

  /** Shows other data to others, as soon as others take a change; keeps the array. */
  public void setData(byte[] data) {
    publisher.setData(data);
  }

  /** The data that were set last, not a copy; null if none were. */
  public byte @Nullable [] data() {
    return publisher.data();
  }

  /** Says goodbye to all neighbours. Nothing may be called from then on. */
  public void close() {
    links.close();
  }

  /** The newest data of a member; null if there are none, or they were forgotten. */
  public @Nullable DataRecord data(PeerId member) {
    DataRecord record = store.data(member);
    return record != null && record.isSigned() ? record : null;
  }

  /** The newest links of a member; null if none are known. */
  public @Nullable LinksRecord links(PeerId member) {
    return store.links(member);
  }

  /** How many members there are, this peer among them. */
  public int members() {
    return store.members();
  }

  /** A member, drawn at random; null if the draw has hit none. */
  @Nullable PeerId drawMember(RandomGenerator random) {
    return store.draw(random);
  }

  /** With whom links are up, in no certain order. */
  public List<PeerId> neighbours() {
    return links.all().stream().filter(Link::isUp).map(link -> link.peer).toList();
  }

  /** Links with a member that no path leads to. */
  void bridge(PeerId member, long nowNs) {
    links.bridge(member, nowNs);
  }

  /** Forgets a member's data. Nothing as old as those counts any more, until {@link #recall}. */
  public void forget(PeerId member) {
    DataRecord record = store.data(member);
    if (record != null && record.isSigned()) {
      store.put(record.forgotten());
    }
  }

  /** Has a member's data come again if they were forgotten: the next comparison finds them. */
  public void recall(PeerId member) {
    DataRecord record = store.data(member);
    if (record != null && record.isForgotten()) {
      store.put(record.recalled());
    }
  }

  /** A frame, or data, could not be read; counted. */
  void onUnreadable(PresenceDrop drop) {
    drops.count(drop);
  }

  /** A sum of all records: two members that have the same records have the same sum. */
  public long summary() {
    return store.summary();
  }

  /** What was refused since the beginning, by reason; zero for what never occurred. Any thread. */
  public Map<PresenceDrop, Long> drops() {
    return drops.snapshot();
  }
}
