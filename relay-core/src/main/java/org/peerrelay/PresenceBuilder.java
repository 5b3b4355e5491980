package org.peerrelay;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.DataRecord;

/**
 * Makes a {@link Presence}. Everything is optional. Not thread-safe.
 *
 * <p>Listeners are called on one thread of the library, one after the other, and must not block it.
 *
 * @param <T> the data that members show
 */
public final class PresenceBuilder<T> {
  private static final String DEFAULT_NAME = "hyper-presence";

  private final Swarm swarm;
  private final PresenceCodec<T> codec;
  private String name = DEFAULT_NAME;
  private int maxDataBytes = Presence.MAX_DATA_BYTES;
  private @Nullable T data;
  private Runnable onBootstrapped = () -> {};
  private BiConsumer<Presence<T>, List<PeerId>> onOnline = (presence, ids) -> {};
  private BiConsumer<T, PeerId> onPeerData = (shown, id) -> {};
  private Consumer<PeerId> onPeerAdd = id -> {};
  private Consumer<PeerId> onPeerRemove = id -> {};
  private BiConsumer<PeerId, PeerId> onPeerAddSeen = (source, destination) -> {};
  private BiConsumer<PeerId, PeerId> onPeerRemoveSeen = (source, destination) -> {};

  PresenceBuilder(Swarm swarm, PresenceCodec<T> codec) {
    this.swarm = swarm;
    this.codec = codec;
  }

  /** Tells presences of one swarm apart; {@code hyper-presence} if this is not called. */
  public PresenceBuilder<T> name(String name) {
    this.name = name;
    return this;
  }

  /** What this peer shows from the beginning; nothing if this is not called. */
  public PresenceBuilder<T> data(T initial) {
    this.data = initial;
    return this;
  }

  /**
   * How many bytes data may have, as the codec writes them; 4,096 if this is not called. All
   * members need the same: longer data of others are ignored.
   *
   * @throws IllegalArgumentException if it is less than 0 or more than 15,000
   */
  public PresenceBuilder<T> maxDataBytes(int bytes) {
    if (bytes < 0 || bytes > DataRecord.MAX_BYTES) {
      throw new IllegalArgumentException(
          "data bytes: " + bytes + " (expected: 0 to " + DataRecord.MAX_BYTES + ")");
    }
    this.maxDataBytes = bytes;
    return this;
  }

  /** Is told once, when all that a first neighbour knows has come. */
  public PresenceBuilder<T> onBootstrapped(Runnable listener) {
    this.onBootstrapped = listener;
    return this;
  }

  /**
   * Is told who is online, this peer among them, after changes of that and of what they show; ten
   * times a second at most.
   */
  public PresenceBuilder<T> onOnline(Consumer<List<PeerId>> listener) {
    return onOnline((presence, ids) -> listener.accept(ids));
  }

  /** As {@link #onOnline(Consumer)}, and is given the presence to ask. */
  public PresenceBuilder<T> onOnline(BiConsumer<Presence<T>, List<PeerId>> listener) {
    this.onOnline = listener;
    return this;
  }

  /** Is told what a peer shows, when that has changed or is known for the first time. */
  public PresenceBuilder<T> onPeerData(BiConsumer<T, PeerId> listener) {
    this.onPeerData = listener;
    return this;
  }

  /** Is told of each new presence link of this peer. */
  public PresenceBuilder<T> onPeerAdd(Consumer<PeerId> listener) {
    this.onPeerAdd = listener;
    return this;
  }

  /** Is told of each presence link of this peer that has gone. */
  public PresenceBuilder<T> onPeerRemove(Consumer<PeerId> listener) {
    this.onPeerRemove = listener;
    return this;
  }

  /** Is told of each new link of another peer: who has it, and with whom. */
  public PresenceBuilder<T> onPeerAddSeen(BiConsumer<PeerId, PeerId> listener) {
    this.onPeerAddSeen = listener;
    return this;
  }

  /** Is told of each link of another peer that has gone: who had it, and with whom. */
  public PresenceBuilder<T> onPeerRemoveSeen(BiConsumer<PeerId, PeerId> listener) {
    this.onPeerRemoveSeen = listener;
    return this;
  }

  /**
   * Takes part.
   *
   * @throws IllegalArgumentException if the data cannot be sent, or are too long
   * @throws IllegalStateException if this peer takes part under that name already, or as many
   *     topics and presences of the swarm are open as may be
   */
  public Presence<T> start() {
    Presence<T> presence = new Presence<>(swarm, codec, name, maxDataBytes, listeners());
    if (data != null) {
      presence.setData(data);
    }
    presence.start();
    return presence;
  }

  private PresenceListeners<T> listeners() {
    return new PresenceListeners<>(
        onBootstrapped,
        onOnline,
        onPeerData,
        onPeerAdd,
        onPeerRemove,
        onPeerAddSeen,
        onPeerRemoveSeen);
  }
}
