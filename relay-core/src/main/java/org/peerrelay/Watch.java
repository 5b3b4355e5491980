package org.peerrelay;

import java.util.function.IntConsumer;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.swarm.SwarmListener;

/**
 * Tells who joins a {@link Swarm} and who leaves it, until it is closed. Any thread may close it.
 */
public final class Watch implements AutoCloseable {
  private final Swarm swarm;
  private final IntConsumer onJoin;
  private final IntConsumer onLeave;
  private final SwarmListener events = new Events();
  private volatile boolean closed;

  Watch(Swarm swarm, IntConsumer onJoin, IntConsumer onLeave) {
    this.swarm = swarm;
    this.onJoin = onJoin;
    this.onLeave = onLeave;
    swarm.attach(events);
  }

  private void tell(IntConsumer listener, PeerId peer) {
    if (!closed) {
      ListenerCalls.tell(() -> listener.accept(swarm.numberOf(peer)));
    }
  }

  /** From now on it tells nothing more. The swarm is not left by this. */
  @Override
  public void close() {
    closed = true;
    swarm.detach(events);
  }

  private final class Events implements SwarmListener {
    @Override
    public void onJoin(Membership membership, long nowNs) {
      tell(onJoin, membership.peer());
    }

    @Override
    public void onLeave(PeerId peer, long nowNs) {
      tell(onLeave, peer);
    }
  }
}
