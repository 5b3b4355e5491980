package org.peerrelay.node;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Header;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.Tag;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.NamedCounts;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.Verdict;
import org.peerrelay.swarm.DirectoryConfig;
import org.peerrelay.swarm.JoinedSwarms;
import org.peerrelay.swarm.MemberConfig;
import org.peerrelay.swarm.SwarmDirectory;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmEffects;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.swarm.SwarmListener;

/** The swarms of one node. Owned by the control loop, which alone calls it. */
public final class NodeSwarms {
  /** Sends datagrams of this node's own. */
  interface Origin {
    void originate(Header header, Message message, long nowNs);
  }

  private final PeerId self;
  private final Router router;
  private final RandomGenerator random;
  private final Transport transport;
  private final Origin origin;
  private final JoinedSwarms joined;

  /** What a relay knows of swarms; null if this node is none. */
  private final @Nullable SwarmDirectory directory;

  /** Neighbours that are relays. */
  private final Set<PeerId> relays = new HashSet<>();

  /** What this node's own members and its directory tell each other, until {@link #flush}. */
  private final ArrayDeque<Runnable> within = new ArrayDeque<>(0);

  /** The time of the event that is being handled, for what it sets off. */
  private long nowNs;

  NodeSwarms(
      PeerId self, Router router, RandomGenerator random, Transport transport, Origin origin) {
    this.self = self;
    this.router = router;
    this.random = random;
    this.transport = transport;
    this.origin = origin;
    SwarmEffects effects = new Effects();
    this.joined = new JoinedSwarms(self, router.relays(), MemberConfig.DEFAULT, random, effects);
    this.directory =
        router.relays()
            ? new SwarmDirectory(self, DirectoryConfig.DEFAULT, router, random, effects)
            : null;
  }

  /** Joins a swarm; see {@link JoinedSwarms#join}. */
  public void join(
      SwarmKey key, NamedCounts<SwarmDrop> counters, SwarmListener listener, long nowNs) {
    this.nowNs = nowNs;
    if (!router.relays()) {
      router.swarms().add(key.swarm());
    }
    joined.join(key, counters, listener, nowNs);
  }

  /** Leaves a swarm, if this node is in it. */
  public void leave(PeerId swarm, long nowNs) {
    this.nowNs = nowNs;
    if (!router.relays()) {
      router.swarms().remove(swarm);
    }
    joined.leave(swarm);
  }

  /** Sends to one member of a swarm that this node is in. */
  public void send(PeerId swarm, PeerId to, long channel, Payload payload, long nowNs) {
    this.nowNs = nowNs;
    joined.send(swarm, to, channel, payload);
  }

  /** Sends to all other members of a swarm that this node is in. */
  public void sendToAll(PeerId swarm, long channel, Payload payload, long nowNs) {
    this.nowNs = nowNs;
    joined.sendToAll(swarm, channel, payload);
  }

  /** A neighbour is linked. */
  void onLinked(Link link, long nowNs) {
    this.nowNs = nowNs;
    if (link.format() == LinkFormat.BINARY && link.relays()) {
      relays.add(link.peer());
      joined.onLinked(link.peer(), nowNs);
    }
  }

  /** A relay has its place in the table. */
  void onAdmitted(Link link, long nowNs) {
    this.nowNs = nowNs;
    if (directory != null) {
      directory.onAdmitted(link, nowNs);
    }
  }

  /** A neighbour's link is gone. */
  void onUnlinked(PeerId peer, long nowNs) {
    this.nowNs = nowNs;
    joined.onUnlinked(peer, nowNs);
    boolean relay = relays.remove(peer);
    if (directory != null) {
      directory.onUnlinked(peer, relay, nowNs);
    }
  }

  /** A message for this node came in; tells whether it was one of a swarm. */
  boolean onMessage(Arrival arrival, Message message, long nowNs) {
    this.nowNs = nowNs;
    if (message instanceof Message.SwarmData data) {
      onData(arrival, data);
    } else if (message instanceof Message.SwarmNews news) {
      onNews(arrival, news);
    } else if (message instanceof Message.SwarmFanOut fanOut) {
      onFanOut(arrival, fanOut);
    } else if (message instanceof Message.SwarmPublish publish) {
      if (directory != null && isFromNeighbour(arrival)) {
        directory.onPublish(arrival.from(), publish, nowNs);
      }
    } else if (message instanceof Message.SwarmSync sync) {
      if (directory != null && isFromNeighbour(arrival)) {
        directory.onSync(arrival.from(), sync, nowNs);
      }
    } else {
      return false;
    }
    return true;
  }

  /** From hop to hop: what names another author than the neighbour is forged. */
  private static boolean isFromNeighbour(Arrival arrival) {
    return arrival.from().equals(arrival.over());
  }

  private void onData(Arrival arrival, Message.SwarmData data) {
    if (directory != null && data.toAll()) {
      directory.onCast(arrival, data, nowNs);
    }
    joined.onData(arrival, data, nowNs);
  }

  private void onFanOut(Arrival arrival, Message.SwarmFanOut fanOut) {
    if (directory != null && relays.contains(arrival.over())) {
      directory.onFanOut(arrival, fanOut, nowNs);
      joined.onData(arrival, fanOut.data(), nowNs);
    }
  }

  /** A relay's own members hear from its directory alone. */
  private void onNews(Arrival arrival, Message.SwarmNews news) {
    if (directory == null) {
      joined.onNews(arrival, news, nowNs);
    } else {
      directory.onNews(news, nowNs);
    }
  }

  /** A datagram of this node's went no further; tells whether it was data of a swarm. */
  boolean onUndelivered(long nonce) {
    return joined.onUndelivered(nonce);
  }

  void onTick(long nowNs) {
    this.nowNs = nowNs;
    joined.onTick(nowNs);
    if (directory != null) {
      directory.onTick(nowNs);
    }
  }

  /** The events that came together have all been told: tells what has changed. */
  void flush(long nowNs) {
    this.nowNs = nowNs;
    do {
      for (Runnable next = within.poll(); next != null; next = within.poll()) {
        next.run();
      }
      if (directory != null) {
        directory.flush(nowNs);
      }
    } while (!within.isEmpty());
  }

  /** How many swarms a relay knows of; 0 if this node is none. Any thread. */
  public int known() {
    return directory == null ? 0 : directory.swarmCount();
  }

  /** How many members of swarms a relay knows of; 0 if this node is none. Any thread. */
  public int knownMembers() {
    return directory == null ? 0 : directory.memberCount();
  }

  /** Leaves all swarms, for ever: while there are still links to say so. */
  void close(long nowNs) {
    this.nowNs = nowNs;
    joined.close();
    flush(nowNs);
  }

  private final class Effects implements SwarmEffects {
    @Override
    public void send(PeerId to, Message message) {
      if (to.equals(self)) {
        within.add(() -> receiveOwn(message, nonce()));
      } else {
        originate(to, message, nonce());
      }
    }

    @Override
    public void send(PeerId to, Message.SwarmData data, long nonce) {
      if (data.toAll() && directory != null) {
        router.sent(own(to, data, nonce), nowNs);
        within.add(() -> receiveOwn(data, nonce));
      } else {
        originate(to, data, nonce);
      }
    }

    /** What this node's members say to its directory, or that to them. */
    private void receiveOwn(Message message, long nonce) {
      Arrival arrival = new Arrival(self, nonce, self, 0, Provenance.VERIFIED, false);
      if (message instanceof Message.SwarmNews news) {
        joined.onNews(arrival, news, nowNs);
      } else {
        onMessage(arrival, message, nowNs);
      }
    }

    private void originate(PeerId to, Message message, long nonce) {
      origin.originate(own(to, message, nonce), message, nowNs);
    }

    private Header own(PeerId to, Message message, long nonce) {
      return new Header(to, self, nonce, message.kind(), List.of());
    }

    @Override
    public long nonce() {
      return random.nextLong(Header.MAX_NONCE + 1);
    }

    @Override
    public void pass(Arrival arrival, Message.SwarmData data, Link to) {
      transport.transmit(
          authors(arrival, data.swarm(), data), data, false, new Verdict.Forward(to, null, null));
    }

    @Override
    public void fanOut(Arrival arrival, Message.SwarmData data, PeerId home) {
      Message message = new Message.SwarmFanOut(data);
      Header header = authors(arrival, home, message);
      if (router.originate(header, nowNs) instanceof Verdict.Forward forward) {
        transport.transmit(header, message, false, forward);
      }
    }

    /** That of a datagram under the name of another, who has made what is in it. */
    private static Header authors(Arrival arrival, PeerId to, Message message) {
      return new Header(
          to, arrival.from(), arrival.nonce(), message.kind(), List.of(), arrival.attempt());
    }

    @Override
    public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
      return transport.membership(swarm, tag, lifetimeS, leaving);
    }

    @Override
    public boolean holds(Membership membership) {
      return transport.holds(membership);
    }
  }
}
