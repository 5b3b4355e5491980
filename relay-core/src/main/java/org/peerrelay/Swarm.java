package org.peerrelay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Payload;
import org.peerrelay.relay.NamedCounts;
import org.peerrelay.swarm.MemberConfig;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.swarm.SwarmListener;
import org.peerrelay.transport.SwarmGate;

/**
 * The peers that share a {@link SwarmKey}, as one of them sees it: who is there, and what they say.
 * Got from {@link Peer#swarm}, which joins it; the peer is a member until this is closed.
 *
 * <p>Other members are small integers, 1, 2, 3 and so on in the order in which they have come. They
 * hold as long as this is open: who leaves and comes back has the same number.
 *
 * <p>Any thread may call any method; none blocks. Listeners are called on one thread of the library
 * and must not block it; what they throw is logged.
 */
public final class Swarm implements AutoCloseable {
  private static final MemberConfig CONFIG = MemberConfig.DEFAULT;

  private final SwarmKey key;
  private final Identity identity;
  private final SwarmGate gate;
  private final Swarms swarms;
  private final NamedCounts<SwarmDrop> counters = new NamedCounts<>(SwarmDrop.class);
  private final PeerNumbers numbers = new PeerNumbers(CONFIG.maxMembers() + CONFIG.maxDeparted());
  private final SwarmChannels channels = new SwarmChannels(CONFIG.maxTopics());
  private final CompletableFuture<Void> joined = new CompletableFuture<>();

  /** Who is there; of the control loop alone. */
  private final Map<PeerId, Membership> present = new LinkedHashMap<>();

  /** Watches and presences; of the control loop alone. */
  private final List<SwarmListener> listeners = new ArrayList<>();

  private volatile boolean left;

  /** One that is not joined yet. */
  Swarm(SwarmKey key, Identity identity, SwarmGate gate, Swarms swarms) {
    this.key = key;
    this.identity = identity;
    this.gate = gate;
    this.swarms = swarms;
  }

  void join() {
    gate.join(key, counters, new Events());
  }

  void leave() {
    left = true;
    gate.leave(key.swarm());
  }

  /** Its id, which relays see: a hash of the key. */
  public PeerId id() {
    return key.swarm();
  }

  /**
   * Done when a relay has answered, so that others learn of this member. It waits for a relay for
   * as long as there is none; it fails with {@link IllegalStateException} if the swarm is left
   * before.
   */
  public CompletableFuture<Void> joined() {
    return joined.copy();
  }

  /** The other members that are there at this moment, by their numbers. */
  public Map<Integer, PeerId> peers() {
    return numbers.present();
  }

  /** The member that has, or had, that number; null if there is none. */
  public @Nullable PeerId idOf(int peer) {
    return numbers.idOf(peer);
  }

  /** The number of a member that is, or was, there; 0 if it has none. */
  public int numberOf(PeerId peer) {
    return numbers.numberOf(peer);
  }

  /**
   * Tells who comes and goes, by their numbers; first {@code onJoin} of each that is there already.
   */
  public Watch watch(IntConsumer onJoin, IntConsumer onLeave) {
    return new Watch(this, onJoin, onLeave);
  }

  /**
   * Joins a topic.
   *
   * @param onMessage is told what others send, until the topic is closed
   * @throws IllegalStateException if 1,024 are open
   */
  public Topic topic(String name, TopicListener onMessage) {
    return new Topic(this, name, key.topic(name), onMessage);
  }

  /** Who is online, and what each shows of itself: JSON texts, {@code {}} unless told otherwise. */
  public PresenceBuilder<String> presence() {
    return presence(PresenceCodec.json()).data("{}");
  }

  /** Who is online, and what each shows of itself. */
  public <T> PresenceBuilder<T> presence(PresenceCodec<T> codec) {
    return new PresenceBuilder<>(this, codec);
  }

  /** What it has ignored and dropped so far, and why. */
  public SwarmCounts counts() {
    return new SwarmCounts(counters.snapshot());
  }

  /**
   * Leaves the swarm; others are told. If {@link Peer#swarm} has been called several times with the
   * same key, this must be called as often.
   */
  @Override
  public void close() {
    swarms.close(this);
  }

  /** From now on {@code listener} is told who comes and goes; first who is there. */
  void attach(SwarmListener listener) {
    gate.run(
        nowNs -> {
          present.values().forEach(membership -> listener.onJoin(membership, nowNs));
          listeners.add(listener);
        });
  }

  void detach(SwarmListener listener) {
    gate.run(nowNs -> listeners.remove(listener));
  }

  /** Has something done on the control loop. */
  void run(Runnable what) {
    gate.run(nowNs -> what.run());
  }

  SwarmKey key() {
    return key;
  }

  /** This peer's. */
  Identity identity() {
    return identity;
  }

  /** Dates something that this peer says, later than all before. */
  long issueMs() {
    return gate.issueMs();
  }

  /** What the member has said that is there; null if it is not. On the control loop alone. */
  @Nullable Membership membership(PeerId peer) {
    return present.get(peer);
  }

  SwarmChannels channels() {
    return channels;
  }

  void count(SwarmDrop drop) {
    counters.count(drop);
  }

  void checkSize(byte[] data, boolean toAll) {
    int maxBytes = toAll ? CONFIG.maxCastBytes() : CONFIG.maxDataBytes();
    if (data.length > maxBytes) {
      throw new IllegalArgumentException(
          "message: " + data.length + " bytes (expected: at most " + maxBytes + ")");
    }
  }

  void send(int peer, long channel, byte[] data) {
    send(numbers.presentAt(peer), channel, data);
  }

  /** Sends to a member, if there is one. */
  void send(@Nullable PeerId to, long channel, byte[] data) {
    if (left) {
      counters.count(SwarmDrop.CLOSED);
    } else if (to == null) {
      counters.count(SwarmDrop.UNKNOWN_PEER);
    } else if (!gate.send(key.swarm(), to, channel, Payload.bytes(data))) {
      counters.count(SwarmDrop.QUEUE_FULL);
    }
  }

  void sendToAll(long channel, byte[] data) {
    if (left) {
      counters.count(SwarmDrop.CLOSED);
    } else if (!gate.sendToAll(key.swarm(), channel, Payload.bytes(data))) {
      counters.count(SwarmDrop.QUEUE_FULL);
    }
  }

  private final class Events implements SwarmListener {
    @Override
    public void onJoined() {
      joined.complete(null);
    }

    @Override
    public void onJoin(Membership membership, long nowNs) {
      numbers.join(membership.peer());
      present.put(membership.peer(), membership);
      listeners.forEach(listener -> listener.onJoin(membership, nowNs));
    }

    @Override
    public void onLeave(PeerId peer, long nowNs) {
      numbers.leave(peer);
      present.remove(peer);
      listeners.forEach(listener -> listener.onLeave(peer, nowNs));
    }

    @Override
    public void onData(PeerId from, long channel, Payload payload, long nowNs) {
      if (!channels.deliver(from, channel, payload, nowNs)) {
        counters.count(SwarmDrop.NO_TOPIC);
      }
    }

    @Override
    public void onTick(long nowNs) {
      listeners.forEach(listener -> listener.onTick(nowNs));
    }

    @Override
    public void onLeft() {
      left = true;
      numbers.leaveAll();
      present.clear();
      joined.completeExceptionally(new IllegalStateException("the swarm has been left"));
      listeners.forEach(SwarmListener::onLeft);
    }
  }
}
