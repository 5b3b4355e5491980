package org.peerrelay;

import java.util.concurrent.atomic.AtomicBoolean;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.swarm.SwarmDrop;

/**
 * Messages on one subject among the members of a {@link Swarm}: those that have joined the same
 * topic get them, others discard them. Delivery is as unreliable as that of {@link Peer#send}.
 *
 * <p>There can be several of one name; each gets every message, and is closed for itself. Any
 * thread may call any method; none blocks.
 */
public final class Topic implements AutoCloseable {
  private final Swarm swarm;
  private final String name;
  private final long channel;
  private final TopicListener listener;
  private final SwarmChannels.Taker taker = this::onData;
  private final AtomicBoolean closed = new AtomicBoolean();

  Topic(Swarm swarm, String name, long channel, TopicListener listener) {
    this.swarm = swarm;
    this.name = name;
    this.channel = channel;
    this.listener = listener;
    swarm.channels().add(channel, taker);
  }

  private void onData(PeerId from, Payload payload, long nowNs) {
    if (!closed.get()) {
      int peer = swarm.numberOf(from);
      ListenerCalls.tell(() -> listener.onMessage(peer, payload.toBytes()));
    }
  }

  /** By which others join the same one. */
  public String name() {
    return name;
  }

  /**
   * Sends to one member. If nobody has that number, or the member has left, nothing is sent; that
   * is counted, as in {@link SwarmDrop#UNKNOWN_PEER}.
   *
   * @throws IllegalArgumentException if the data are larger than 65,492 bytes
   */
  public void send(int peer, byte[] data) {
    swarm.checkSize(data, false);
    if (closed.get()) {
      swarm.count(SwarmDrop.CLOSED);
    } else {
      swarm.send(peer, channel, data);
    }
  }

  /**
   * Sends to all other members, those that come in this moment perhaps not among them. It leaves
   * this peer once; the relays make copies.
   *
   * @throws IllegalArgumentException if the data are larger than 16,384 bytes
   */
  public void broadcast(byte[] data) {
    swarm.checkSize(data, true);
    if (closed.get()) {
      swarm.count(SwarmDrop.CLOSED);
    } else {
      swarm.sendToAll(channel, data);
    }
  }

  /** From now on it gets nothing more. Other instances of the same name stay open. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      swarm.channels().remove(channel, taker);
    }
  }
}
