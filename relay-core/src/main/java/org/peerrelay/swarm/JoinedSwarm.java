package org.peerrelay.swarm;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.relay.NamedCounts;

/**
 * One swarm as a member sees it: who else is there, as far as its home tells and the key proves,
 * and what they send. Owned by {@link JoinedSwarms}.
 */
final class JoinedSwarm {
  private final MemberHost host;
  private final PeerId self;
  private final MemberConfig config;
  private final SwarmKey key;
  private final NamedCounts<SwarmDrop> counters;
  private final SwarmListener listener;
  private final OtherMembers members;
  private final EarlyData early;

  /** The nonces of what was sent last. */
  private final Set<Long> sent = new LinkedHashSet<>();

  /** Null without any relay that could be the home. */
  private @Nullable HomeSession session;

  /** When the home has last answered; in the beginning, when the swarm was joined. */
  private long answeredNs;

  private boolean isJoined;

  JoinedSwarm(
      MemberHost host,
      SwarmKey key,
      NamedCounts<SwarmDrop> counters,
      SwarmListener listener,
      long nowNs) {
    this.host = host;
    this.self = host.self();
    this.config = host.config();
    this.key = key;
    this.counters = counters;
    this.listener = listener;
    this.members = new OtherMembers(self, config);
    this.early = new EarlyData(config);
    this.answeredNs = nowNs;
    attach(host.homes().first(), nowNs);
  }

  /** There is a new relay. */
  void onLinked(long nowNs) {
    if (session == null) {
      attach(host.homes().first(), nowNs);
    }
  }

  /** A relay is not linked any more. */
  void onUnlinked(PeerId relay, long nowNs) {
    if (session != null && session.home().equals(relay)) {
      attach(host.homes().first(), nowNs);
    }
  }

  private void attach(@Nullable PeerId home, long nowNs) {
    session = home == null ? null : new HomeSession(host, key, home, nowNs);
    if (session != null) {
      session.onTick(members.digest(), nowNs);
    }
  }

  void onTick(long nowNs) {
    for (int i = early.dropOverdue(nowNs); i > 0; i--) {
      counters.count(SwarmDrop.UNKNOWN_AUTHOR);
    }
    if (session != null && session.hasFailed(nowNs)) {
      attach(host.homes().after(session.home()), nowNs);
    } else if (session != null) {
      session.onTick(members.digest(), nowNs);
    }
    if (nowNs - answeredNs >= config.staleNs()) {
      members.all().forEach(member -> leave(member, nowNs));
    }
    listener.onTick(nowNs);
  }

  /** Tells the home; nothing may follow. */
  void close() {
    if (session != null) {
      session.publish(true);
    }
    listener.onLeft();
  }

  /** The home tells who is there, or comes and goes. */
  void onNews(Arrival arrival, Message.SwarmNews news, long nowNs) {
    if (session == null || !session.takes(arrival, news.token())) {
      counters.count(SwarmDrop.FOREIGN_NEWS);
      return;
    }
    answeredNs = nowNs;
    Set<PeerId> named = new HashSet<>();
    for (SwarmRecord record : news.records()) {
      if (record.isPresent()) {
        named.add(record.membership().peer());
      }
      onRecord(record, nowNs);
    }
    IdRange complete = news.complete();
    // Without any record of all ids: the home knows all, and nobody else than is known here.
    boolean isEqual = news.records().isEmpty() && Pages.ALL.equals(complete);
    if (complete != null && !isEqual) {
      onComplete(complete, named, nowNs);
    }
    if (!isJoined) {
      isJoined = true;
      listener.onJoined();
    }
  }

  private void onRecord(SwarmRecord record, long nowNs) {
    Membership told = record.membership();
    if (told.peer().equals(self)) {
      if (!record.isPresent()) {
        onMissed();
      }
      return;
    }
    if (!record.isPresent()) {
      members.forgetRefused(told.peer());
    }
    Membership last = members.lastOf(told.peer());
    if (members.hasRefused(told) || (last == null && !record.isPresent())) {
      return; // who was never here need not leave
    }
    if (last != null && told.issued() <= last.issued()) {
      onRepeated(record, last, nowNs);
    } else if (isAuthentic(told)) {
      settle(told, record.gone(), nowNs);
    } else {
      counters.count(SwarmDrop.FORGED_MEMBERSHIP);
      if (record.isPresent()) {
        members.refuse(told);
      }
    }
  }

  /** Of two with the same time the one counts that was found to be authentic. */
  private void onRepeated(SwarmRecord record, Membership last, long nowNs) {
    if (record.membership().issued() < last.issued()) {
      counters.count(SwarmDrop.OLD_MEMBERSHIP);
    } else {
      settle(last, record.gone(), nowNs);
    }
  }

  private void settle(Membership last, boolean gone, long nowNs) {
    if (gone || last.leaving()) {
      leave(last, nowNs);
    } else {
      join(last, nowNs);
    }
  }

  private boolean isAuthentic(Membership told) {
    return told.swarm().equals(key.swarm())
        && told.tag().equals(key.memberTag(told.peer()))
        && host.effects().holds(told);
  }

  private void join(Membership membership, long nowNs) {
    PeerId peer = membership.peer();
    if (!members.has(peer) && members.size() >= config.maxMembers()) {
      counters.count(SwarmDrop.TOO_MANY_MEMBERS);
    } else if (members.put(membership)) {
      listener.onJoin(membership, nowNs);
      for (EarlyData.Waiting data : early.takeFrom(peer)) {
        listener.onData(peer, data.channel(), data.payload(), nowNs);
      }
    }
  }

  private void leave(Membership last, long nowNs) {
    if (members.remove(last)) {
      listener.onLeave(last.peer(), nowNs);
    }
  }

  /** Nobody is there among {@code ids} but {@code named}. */
  private void onComplete(IdRange ids, Set<PeerId> named, long nowNs) {
    for (Membership member : members.among(ids)) {
      if (!named.contains(member.peer())) {
        leave(member, nowNs);
      }
    }
    for (PeerId refused : members.refusedAmong(ids)) {
      if (!named.contains(refused)) {
        members.forgetRefused(refused);
      }
    }
    if (ids.contains(self) && !named.contains(self)) {
      onMissed();
    }
  }

  private void onMissed() {
    if (session != null) {
      session.onMissed();
    }
  }

  /** Somebody who may be a member has sent something to this one, or to all. */
  void onData(Arrival arrival, Message.SwarmData data, long nowNs) {
    PeerId from = arrival.from();
    if (from.equals(self)) {
      return; // a relay gets its own as well, to pass it on
    }
    Payload payload = data.payload();
    int maxBytes = data.toAll() ? config.maxCastBytes() : config.maxDataBytes();
    if (payload.sizeBytes() > maxBytes) {
      counters.count(SwarmDrop.TOO_LARGE);
    } else if (!isAuthentic(arrival, data)) {
      counters.count(SwarmDrop.FORGED_DATA);
    } else if (members.has(from)) {
      listener.onData(from, data.channel(), payload, nowNs);
    } else if (!early.add(from, data.channel(), payload, nowNs)) {
      counters.count(SwarmDrop.TOO_MANY_EARLY);
    }
  }

  private boolean isAuthentic(Arrival arrival, Message.SwarmData data) {
    PeerId to = data.toAll() ? key.swarm() : self;
    return key.dataTag(
            arrival.from(), to, arrival.nonce(), data.channel(), data.payload().toBytes())
        .equals(data.tag());
  }

  /** Sends to a member; if it is not there, that is counted. */
  void send(PeerId to, long channel, Payload payload) {
    if (members.has(to)) {
      send(to, false, channel, payload);
    } else {
      counters.count(SwarmDrop.UNKNOWN_PEER);
    }
  }

  /** Sends to all other members. */
  void sendToAll(long channel, Payload payload) {
    send(key.swarm(), true, channel, payload);
  }

  private void send(PeerId to, boolean toAll, long channel, Payload payload) {
    long nonce = host.effects().nonce();
    Tag tag = key.dataTag(self, to, nonce, channel, payload.toBytes());
    host.effects()
        .send(to, new Message.SwarmData(toAll, key.swarm(), channel, tag, payload), nonce);
    sent.add(nonce);
    if (sent.size() > config.maxSent()) {
      sent.remove(sent.iterator().next());
    }
  }

  /** A datagram of this node's went no further; tells whether it was one of this swarm's. */
  boolean onUndelivered(long nonce) {
    boolean own = sent.remove(nonce);
    if (own) {
      counters.count(SwarmDrop.UNDELIVERED);
    }
    return own;
  }
}
