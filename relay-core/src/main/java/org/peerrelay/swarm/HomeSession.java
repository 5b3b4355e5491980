package org.peerrelay.swarm;

import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;

/**
 * What one member of one swarm has to do with its present home: it publishes its membership there
 * and asks who else is there, again and again. Owned by its {@link JoinedSwarm}.
 */
final class HomeSession {
  private final MemberHost host;
  private final SwarmKey key;
  private final PeerId home;

  /** By which answers are known to be to this session's questions. */
  private final long token;

  private long publishAtNs;
  private long askAtNs;
  private int unanswered;
  private boolean isMissed;

  /** Begins at the next {@link #onTick}. */
  HomeSession(MemberHost host, SwarmKey key, PeerId home, long nowNs) {
    this.host = host;
    this.key = key;
    this.home = home;
    this.token = host.random().nextLong();
    this.publishAtNs = nowNs;
    this.askAtNs = nowNs;
  }

  PeerId home() {
    return home;
  }

  /** Whether so many questions were not answered that another home may be a better one. */
  boolean hasFailed(long nowNs) {
    return unanswered >= host.config().maxUnanswered() && nowNs - askAtNs >= 0;
  }

  /** Publishes and asks, where it is time to. The home gets them in this order. */
  void onTick(SwarmDigest known, long nowNs) {
    boolean asks = nowNs - askAtNs >= 0;
    if (nowNs - publishAtNs >= 0 || (asks && isMissed)) {
      isMissed = false;
      publishAtNs = nowNs + varied(host.config().publishNs());
      publish(false);
    }
    if (asks) {
      askAtNs = nowNs + varied(host.config().syncNs());
      unanswered++;
      send(new Message.SwarmSync(key.swarm(), host.self(), token, known));
    }
  }

  private long varied(long nominalNs) {
    double share = 1 + host.config().jitter() * (2 * host.random().nextDouble() - 1);
    return (long) (nominalNs * share);
  }

  /** Tells the home that this node is a member, or leaves. */
  void publish(boolean leaving) {
    Tag tag = key.memberTag(host.self());
    Membership word =
        host.effects().membership(key.swarm(), tag, host.config().lifetimeS(), leaving);
    send(new Message.SwarmPublish(false, List.of(new SwarmRecord(word, null, 0, false))));
  }

  private void send(Message message) {
    host.effects().send(home, message);
  }

  /** Whether news are the home's own, to one of this session's questions; then it is alive. */
  boolean takes(Arrival arrival, long newsToken) {
    boolean takes =
        newsToken == token && arrival.from().equals(home) && arrival.over().equals(home);
    if (takes) {
      unanswered = 0;
    }
    return takes;
  }

  /** The home does not know of this member: it is published again with the next question. */
  void onMissed() {
    isMissed = true;
  }
}
