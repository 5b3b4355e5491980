package org.peerrelay.transport;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeSwarms;
import org.peerrelay.relay.NamedCounts;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.swarm.SwarmListener;

/** The way to the swarms of a node, which its control loop owns. Any thread; nothing blocks. */
public final class SwarmGate {
  /** Roughly what something takes beside its payload while it waits to be sent. */
  private static final int EVENT_BYTES = 100;

  private final Inbox inbox;
  private final NodeSwarms swarms;
  private final LongSupplier issue;

  /**
   * To the swarms of a node.
   *
   * @param issue the wall clock's milliseconds, or more, so that each is later than the last
   */
  SwarmGate(Inbox inbox, NodeSwarms swarms, LongSupplier issue) {
    this.inbox = inbox;
    this.swarms = swarms;
    this.issue = issue;
  }

  /**
   * Dates something that the node says: the wall clock's milliseconds, or more, so that each is
   * later than the last.
   */
  public long issueMs() {
    return issue.getAsLong();
  }

  /** Joins the swarm of {@code key}, which the node must not be in. */
  public void join(SwarmKey key, NamedCounts<SwarmDrop> counters, SwarmListener listener) {
    inbox.post(nowNs -> swarms.join(key, counters, listener, nowNs));
  }

  /** Leaves a swarm. */
  public void leave(PeerId swarm) {
    inbox.post(nowNs -> swarms.leave(swarm, nowNs));
  }

  /** Sends to one member, unless too much waits to be sent; tells whether it will be. */
  public boolean send(PeerId swarm, PeerId to, long channel, Payload payload) {
    return inbox.offer(
        payload.sizeBytes() + EVENT_BYTES,
        nowNs -> swarms.send(swarm, to, channel, payload, nowNs));
  }

  /** Sends to all other members, unless too much waits to be sent; tells whether it will be. */
  public boolean sendToAll(PeerId swarm, long channel, Payload payload) {
    return inbox.offer(
        payload.sizeBytes() + EVENT_BYTES,
        nowNs -> swarms.sendToAll(swarm, channel, payload, nowNs));
  }

  /** Has something done on the control loop, where listeners are told, and tells it the time. */
  public void run(LongConsumer what) {
    inbox.post(what);
  }
}
