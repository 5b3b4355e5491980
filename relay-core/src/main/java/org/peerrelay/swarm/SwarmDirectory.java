package org.peerrelay.swarm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.rate.Rate;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Refusal;
import org.peerrelay.relay.Router;
import org.peerrelay.swarm.SwarmMembers.Change;

/**
 * What a relay knows of swarms, as the home of members and as a holder: it takes what members and
 * other relays say, and tells those who have asked. A state machine without I/O, owned by the
 * control loop.
 *
 * <p>What changes is told at {@link #flush}, so that what came together goes on together.
 */
public final class SwarmDirectory {
  private final PeerId self;
  private final DirectoryConfig config;
  private final Router router;
  private final RandomGenerator random;
  private final SwarmEffects effects;
  private final Map<PeerId, DirectorySwarm> swarms = new LinkedHashMap<>();
  private final Set<DirectorySwarm> changed = new LinkedHashSet<>();
  private final LocalMembers local;
  private final Onward onward;
  private final Questions questions;
  private final Casts casts;

  /** How many members of all swarms are known, those who have left of late among them. */
  private final AtomicInteger known = new AtomicInteger();

  private final TokenBucket records;
  private @Nullable Long sweptNs;

  /** One of a relay that knows of no swarm. */
  public SwarmDirectory(
      PeerId self,
      DirectoryConfig config,
      Router router,
      RandomGenerator random,
      SwarmEffects effects) {
    this.self = self;
    this.config = config;
    this.router = router;
    this.random = random;
    this.effects = effects;
    this.local = new LocalMembers(config);
    this.onward = new Onward(self, router, effects);
    this.records = new TokenBucket(new Rate(config.recordsPerS(), config.recordsPerS() / 10));
    this.questions = new Questions(self, config, router, onward, effects);
    this.casts = new Casts(config, router, onward, effects);
  }

  /** A neighbour, or this node itself, has said who is a member. */
  public void onPublish(PeerId from, Message.SwarmPublish publish, long nowNs) {
    Link link = router.link(from);
    List<SwarmRecord> notKept = new ArrayList<>();
    for (SwarmRecord record : publish.records()) {
      PeerId home = record.home();
      Membership said = record.membership();
      if (home == null && said.peer().equals(from)) {
        onOwn(said, nowNs);
      } else if (home != null && link != null && mayTell(link, home)) {
        if (publish.copy() || swarms.containsKey(said.swarm()) || onward.isFirst(said.swarm())) {
          take(record, home, !publish.copy(), nowNs);
        } else {
          notKept.add(record);
        }
      }
    }
    onward.pass(notKept);
  }

  /** A relay that others cannot dial speaks of its own members alone. */
  private static boolean mayTell(Link link, PeerId home) {
    return link.inside() || (link.relays() && home.equals(link.peer()));
  }

  /** A member has said something that is attached here; or this node, which is its own home. */
  private void onOwn(Membership said, long nowNs) {
    DirectorySwarm known = swarms.get(said.swarm());
    if (said.leaving() && (known == null || !known.members().isPresent(said.peer()))) {
      return; // who is not there need not leave, nor be remembered for it
    }
    if (!said.leaving() && !local.add(said.peer(), said.swarm(), nowNs)) {
      router.counters().countRefused(Refusal.SWARMS_FULL);
      return;
    }
    if (known != null && !known.publishes().take(said.peer(), 1, nowNs)) {
      router.counters().countRefused(Refusal.SWARM_FLAPPING);
      return; // it counts as attached all the same: what it asks shows it that it is missing
    }
    take(new SwarmRecord(said, self, 0, false), self, true, nowNs);
    DirectorySwarm swarm = swarms.get(said.swarm());
    if (swarm == null || !swarm.members().isAt(said.peer(), self)) {
      local.remove(said.peer(), said.swarm());
      if (swarm != null) {
        swarm.subscribers().remove(said.peer());
      }
    }
  }

  private void take(SwarmRecord told, PeerId home, boolean goesOnward, long nowNs) {
    Membership said = told.membership();
    DirectorySwarm swarm = swarm(said.swarm(), nowNs);
    KnownMember member = swarm == null ? null : swarm.members().get(said.peer());
    if (swarm == null || (member == null && isFull(swarm))) {
      router.counters().countRefused(Refusal.SWARMS_FULL);
      return;
    }
    if (member == null || member.membership().issued() < said.issued()) {
      if (!effects.holds(said)) {
        router.counters().countRefused(Refusal.SWARM_FORGED);
        return;
      }
    } else if (member.membership().issued() == said.issued()) {
      // Of two with the same time the one counts whose signature was checked.
      said = member.membership();
    }
    SwarmRecord held = new SwarmRecord(said, home, told.ageS(), told.gone());
    int before = swarm.members().size();
    Change change = swarm.members().apply(held, home, nowNs);
    known.addAndGet(swarm.members().size() - before);
    if (change != Change.NONE) {
      swarm.doubtful().remove(said.peer());
      tell(swarm, said.peer(), change != Change.RENEWED, goesOnward);
    }
  }

  private boolean isFull(DirectorySwarm swarm) {
    return known.get() >= config.maxMembers()
        || swarm.members().size() >= config.maxMembersPerSwarm();
  }

  /** The swarm of that id, from now on known here; null if there is no room for another. */
  private @Nullable DirectorySwarm swarm(PeerId id, long nowNs) {
    DirectorySwarm present = swarms.get(id);
    if (present != null || swarms.size() >= config.maxMembers()) {
      return present;
    }
    DirectorySwarm made = new DirectorySwarm(id, config, random, nowNs);
    swarms.put(id, made);
    router.swarms().add(id);
    return made;
  }

  private void tell(DirectorySwarm swarm, PeerId peer, boolean visible, boolean goesOnward) {
    swarm.tell(peer, visible, goesOnward);
    changed.add(swarm);
  }

  private void lose(DirectorySwarm swarm, PeerId peer, boolean goesOnward) {
    if (swarm.members().lose(peer) == Change.LEFT) {
      tell(swarm, peer, true, goesOnward);
    }
  }

  /** Somebody asks for the members of a swarm; the question has come from a neighbour. */
  public void onSync(PeerId from, Message.SwarmSync sync, long nowNs) {
    DirectorySwarm swarm = swarms.get(sync.swarm());
    Link link = router.link(from);
    if (swarm != null && sync.asker().equals(from) && local.has(from, sync.swarm())) {
      questions.answer(swarm, sync, false, nowNs);
      questions.ask(swarm, nowNs);
    } else if (link != null && link.relays()) {
      Link next = onward.next(sync.swarm());
      if (next != null && next != link) {
        effects.send(next.peer(), sync);
      } else {
        DirectorySwarm asked = swarm(sync.swarm(), nowNs);
        if (asked != null) {
          questions.answer(asked, sync, true, nowNs);
        }
      }
    } else {
      router.counters().countRefused(Refusal.SWARM_STRANGER);
    }
  }

  /** The first holder of a swarm has told something to this relay, which is a home. */
  public void onNews(Message.SwarmNews news, long nowNs) {
    DirectorySwarm swarm = swarms.get(news.swarm());
    if (swarm == null || swarm.upstream().token() != news.token()) {
      return;
    }
    for (SwarmRecord record : news.records()) {
      PeerId home = record.home();
      if (self.equals(home)) {
        onWordOfOwn(swarm, record, nowNs);
      } else if (home != null && record.membership().swarm().equals(news.swarm())) {
        take(record, home, false, nowNs);
      }
    }
    IdRange complete = news.complete();
    if (complete != null && !Pages.ALL.equals(complete)) {
      dropAbsent(swarm, complete, news.records());
    }
    swarm.upstream().onNews(news, nowNs);
  }

  /** The holder is told again of who is here, and that who is not is gone. */
  private void onWordOfOwn(DirectorySwarm swarm, SwarmRecord record, long nowNs) {
    PeerId peer = record.membership().peer();
    if (local.has(peer, swarm.id())) {
      if (!record.isPresent()) {
        tell(swarm, peer, false, true);
      }
    } else if (record.isPresent() && record.membership().swarm().equals(swarm.id())) {
      take(record, self, false, nowNs);
      swarm.doubtful().add(peer, nowNs + config.linkGraceNs());
    }
  }

  private void dropAbsent(DirectorySwarm swarm, IdRange range, List<SwarmRecord> records) {
    Set<PeerId> there = new HashSet<>();
    records.forEach(record -> there.add(record.membership().peer()));
    for (KnownMember member : swarm.members().present(range)) {
      if (there.contains(member.peer())) {
        continue;
      }
      if (local.has(member.peer(), swarm.id())) {
        tell(swarm, member.peer(), false, true);
      } else if (!member.home().equals(self)) {
        lose(swarm, member.peer(), false);
      }
    }
  }

  /** A member has sent something to all, which is on its way to the first holder. */
  public void onCast(Arrival arrival, Message.SwarmData data, long nowNs) {
    DirectorySwarm swarm = swarms.get(data.swarm());
    if (swarm != null) {
      casts.onCast(swarm, arrival, data, nowNs);
    }
  }

  /** The same, from the first holder. */
  public void onFanOut(Arrival arrival, Message.SwarmFanOut fanOut, long nowNs) {
    DirectorySwarm swarm = swarms.get(fanOut.data().swarm());
    if (swarm != null) {
      casts.onFanOut(swarm, arrival, fanOut.data(), nowNs);
    }
  }

  /** A relay has its place in the table: it is told of the swarms that it is nearer to. */
  public void onAdmitted(Link link, long nowNs) {
    for (DirectorySwarm swarm : swarms.values()) {
      if (swarm.id().compareDistance(link.peer(), self) < 0) {
        swarm.members().present(member -> true).forEach(peer -> tell(swarm, peer, false, true));
      }
      if (onward.next(swarm.id()) == link) {
        questions.askNewHolder(swarm, link.peer(), nowNs);
      }
    }
  }

  /**
   * A neighbour's link is gone: it may be as well, and those who are attached to it.
   *
   * @param relay whether it was a relay
   */
  public void onUnlinked(PeerId peer, boolean relay, long nowNs) {
    for (PeerId id : local.removeAll(peer)) {
      DirectorySwarm swarm = swarms.get(id);
      if (swarm != null) {
        swarm.doubtful().put(peer, nowNs + config.linkGraceNs());
        swarm.subscribers().remove(peer);
      }
    }
    if (relay) {
      for (DirectorySwarm swarm : swarms.values()) {
        swarm.subscribers().remove(peer);
        swarm.upstream().hurry(nowNs);
        doubt(swarm, peer, nowNs);
      }
    }
  }

  private void doubt(DirectorySwarm swarm, PeerId home, long nowNs) {
    for (PeerId member : swarm.members().present(member -> member.home().equals(home))) {
      swarm.doubtful().add(member, nowNs + config.homeGraceNs());
    }
  }

  /** Time has passed. Called about ten times a second. */
  public void onTick(long nowNs) {
    if (sweptNs != null && nowNs - sweptNs < config.sweepNs()) {
      return;
    }
    sweptNs = nowNs;
    local.sweep(nowNs);
    for (Iterator<DirectorySwarm> all = swarms.values().iterator(); all.hasNext(); ) {
      DirectorySwarm swarm = all.next();
      sweep(swarm, nowNs);
      if (isOver(swarm)) {
        all.remove();
        changed.remove(swarm);
        known.addAndGet(-swarm.members().size());
        router.swarms().remove(swarm.id());
      }
    }
  }

  private void sweep(DirectorySwarm swarm, long nowNs) {
    int before = swarm.members().size();
    swarm.members().takeEnded(nowNs).forEach(member -> tell(swarm, member.peer(), true, false));
    known.addAndGet(swarm.members().size() - before);
    settleDoubts(swarm, nowNs);
    swarm.subscribers().takeEnded(nowNs).stream()
        .filter(asker -> !local.has(asker, swarm.id()))
        .forEach(home -> doubt(swarm, home, nowNs));
    swarm.casts().sweep(nowNs);
    swarm.publishes().sweep(nowNs);
    if (swarm.subscribers().hasMembers()) {
      questions.ask(swarm, nowNs);
    }
  }

  /** Those who have not been heard of are gone. Of another relay's, the first holder says so. */
  private void settleDoubts(DirectorySwarm swarm, long nowNs) {
    for (PeerId peer : swarm.doubtful().takeEnded(nowNs)) {
      KnownMember member = swarm.members().get(peer);
      if (member != null && member.isPresent() && isLost(swarm, member)) {
        lose(swarm, peer, true);
      }
    }
  }

  private boolean isLost(DirectorySwarm swarm, KnownMember member) {
    PeerId home = member.home();
    if (home.equals(self)) {
      return !local.has(member.peer(), swarm.id());
    }
    return onward.isFirst(swarm.id())
        && router.link(home) == null
        && swarm.subscribers().get(home) == null;
  }

  /** Whether nobody would ask this relay for it. */
  private boolean isOver(DirectorySwarm swarm) {
    return swarm.subscribers().isEmpty()
        && (swarm.members().size() == 0 || !router.isHolder(swarm.id(), 0));
  }

  /** Tells what has changed since the last time. */
  public void flush(long nowNs) {
    int left = (int) records.tokens(nowNs);
    Iterator<DirectorySwarm> due = changed.iterator();
    while (left > 0 && due.hasNext()) {
      DirectorySwarm swarm = due.next();
      int told = onward.flush(swarm, left, nowNs);
      records.take(told, nowNs);
      left -= told;
      if (swarm.pending().isEmpty()) {
        due.remove();
      }
    }
  }

  /** How many swarms are known. Any thread. */
  public int swarmCount() {
    return router.swarms().size();
  }

  /**
   * How many members of all swarms are known, those who have left of late among them. Any thread.
   */
  public int memberCount() {
    return known.get();
  }
}
