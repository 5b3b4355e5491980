package org.peerrelay.swarm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.relay.NamedCounts;

/**
 * The swarms that one node has joined. A state machine without I/O, owned by the control loop: it
 * is told what happened and the time, and says through {@link SwarmEffects} what to do.
 */
public final class JoinedSwarms {
  private final boolean isRelay;
  private final MemberHost host;
  private final Homes homes = new Homes();
  private final Map<PeerId, JoinedSwarm> joined = new LinkedHashMap<>(0);
  private boolean closed;

  /**
   * No swarms.
   *
   * @param isRelay whether this node is a relay, and so its own home
   * @param random draws tokens and jitter
   */
  public JoinedSwarms(
      PeerId self,
      boolean isRelay,
      MemberConfig config,
      RandomGenerator random,
      SwarmEffects effects) {
    this.isRelay = isRelay;
    this.host = new MemberHost(self, homes, config, random, effects);
    if (isRelay) {
      homes.add(self);
    }
  }

  /**
   * Joins the swarm of {@code key}, which this node must not be in. As long as there is no relay
   * that could be the home, it waits for one.
   *
   * @param counters where it is to count what it ignores
   */
  public void join(
      SwarmKey key, NamedCounts<SwarmDrop> counters, SwarmListener listener, long nowNs) {
    if (closed) {
      listener.onLeft();
    } else {
      joined.put(key.swarm(), new JoinedSwarm(host, key, counters, listener, nowNs));
    }
  }

  /** Leaves a swarm, if this node is in it. */
  public void leave(PeerId swarm) {
    JoinedSwarm left = joined.remove(swarm);
    if (left != null) {
      left.close();
    }
  }

  /** Leaves all swarms, for ever: while there are still links to say so. */
  public void close() {
    closed = true;
    List.copyOf(joined.keySet()).forEach(this::leave);
  }

  /** Sends to one member of a swarm that this node is in. */
  public void send(PeerId swarm, PeerId to, long channel, Payload payload) {
    JoinedSwarm in = joined.get(swarm);
    if (in != null) {
      in.send(to, channel, payload);
    }
  }

  /** Sends to all other members of a swarm that this node is in. */
  public void sendToAll(PeerId swarm, long channel, Payload payload) {
    JoinedSwarm in = joined.get(swarm);
    if (in != null) {
      in.sendToAll(channel, payload);
    }
  }

  /** There is a link of protocol 2 with a relay. */
  public void onLinked(PeerId relay, long nowNs) {
    if (!isRelay) {
      homes.add(relay);
      joined.values().forEach(swarm -> swarm.onLinked(nowNs));
    }
  }

  /** The link with a peer, which may have been a relay, is gone. */
  public void onUnlinked(PeerId peer, long nowNs) {
    homes.remove(peer);
    joined.values().forEach(swarm -> swarm.onUnlinked(peer, nowNs));
  }

  /** Somebody tells who is in a swarm. */
  public void onNews(Arrival arrival, Message.SwarmNews news, long nowNs) {
    JoinedSwarm in = joined.get(news.swarm());
    if (in != null) {
      in.onNews(arrival, news, nowNs);
    }
  }

  /** Somebody has sent something to this member of a swarm, or to all. */
  public void onData(Arrival arrival, Message.SwarmData data, long nowNs) {
    JoinedSwarm in = joined.get(data.swarm());
    if (in != null) {
      in.onData(arrival, data, nowNs);
    }
  }

  /** A datagram of this node's went no further; tells whether it was data of a swarm. */
  public boolean onUndelivered(long nonce) {
    return joined.values().stream().anyMatch(swarm -> swarm.onUndelivered(nonce));
  }

  /** Time has passed. Called about ten times a second. */
  public void onTick(long nowNs) {
    joined.values().forEach(swarm -> swarm.onTick(nowNs));
  }
}
