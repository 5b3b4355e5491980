package org.peerrelay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.BoundConfig;
import org.peerrelay.presence.PresenceDrop;

/**
 * Who is online in a {@link Swarm}, and what each shows of itself. Got from {@link
 * Swarm#presence()}; this peer takes part until it is closed, or the swarm is.
 *
 * <p>Every member has links with a few others, and all tell each other of links and data. Who can
 * be reached over links is online. A link counts if both its ends have signed that they have it,
 * and data if their peer has signed them.
 *
 * <p>Any thread may call any method; none blocks.
 *
 * @param <T> the data that members show
 */
public final class Presence<T> implements AutoCloseable {
  /** How many bytes data may have unless {@link PresenceBuilder#maxDataBytes} is called. */
  public static final int MAX_DATA_BYTES = BoundConfig.DEFAULT.maxDataBytes();

  private final Swarm swarm;
  private final PresenceCodec<T> codec;
  private final int maxDataBytes;
  private final PresenceSession<T> session;
  private final AtomicBoolean closed = new AtomicBoolean();

  // Written by the session.
  private final Set<PeerId> others = ConcurrentHashMap.newKeySet();
  private final Map<PeerId, T> shown = new ConcurrentHashMap<>();

  private volatile @Nullable T own;

  Presence(
      Swarm swarm,
      PresenceCodec<T> codec,
      String name,
      int maxDataBytes,
      PresenceListeners<T> listeners) {
    this.swarm = swarm;
    this.codec = codec;
    this.maxDataBytes = maxDataBytes;
    this.session = new PresenceSession<>(this, swarm, codec, name, maxDataBytes, listeners);
  }

  void start() {
    swarm.channels().addSole(session.channel(), session);
    swarm.attach(session);
  }

  /** Who is online, this peer first. */
  public List<PeerId> online() {
    List<PeerId> online = new ArrayList<>();
    online.add(swarm.identity().id());
    online.addAll(others);
    return List.copyOf(online);
  }

  /** What this peer shows; null if nothing. */
  public @Nullable T data() {
    return own;
  }

  /**
   * Shows something else.
   *
   * @throws IllegalArgumentException if it cannot be sent, or is too long
   */
  public void setData(T data) {
    byte[] bytes = codec.encode(data);
    if (bytes.length > maxDataBytes) {
      throw new IllegalArgumentException(
          "data: " + bytes.length + " bytes (expected: at most " + maxDataBytes + ")");
    }
    own = data;
    swarm.run(() -> session.setData(bytes));
  }

  /** What a peer that is online shows; null if that is nothing, or not known. */
  public @Nullable T peerData(PeerId peer) {
    if (peer.equals(swarm.identity().id())) {
      return own;
    }
    return others.contains(peer) ? shown.get(peer) : null;
  }

  /** What it has refused so far, by reason; zero for what never occurred. */
  public Map<PresenceDrop, Long> drops() {
    return session.drops();
  }

  /** The peer is online or not. */
  void setOnline(PeerId peer, boolean online) {
    if (online) {
      others.add(peer);
    } else {
      others.remove(peer);
      shown.remove(peer);
    }
  }

  /** The peer shows something. */
  void setShown(PeerId peer, T data) {
    shown.put(peer, data);
  }

  /** The peer is no member any more. */
  void forget(PeerId peer) {
    shown.remove(peer);
  }

  /** Nobody else is known any more. */
  void forgetAll() {
    others.clear();
    shown.clear();
  }

  /** Takes part no longer; the neighbours are told. The swarm is not left. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      swarm.channels().remove(session.channel(), session);
      swarm.run(session::close);
    }
  }
}
