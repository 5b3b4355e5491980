package org.peerrelay.overlay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.IdMap;

/**
 * Whose pointers other relays are still to be sent, which keep them from now on: a few at a time.
 * Owned by {@link Whereabouts}.
 *
 * <p>A relay that has been dialed gives who dialed it no place before it has dialed back, and takes
 * few pointers until then; one that stands outside takes no more at any time. So each relay has a
 * pace of its own.
 */
final class Handovers {
  /** {@code relay} is to be sent the pointer of {@code peer}. */
  record Handover(PeerId relay, PeerId peer) {}

  /**
   * Who had to wait, for others or for the next tick, is sent at once what is due for so long at
   * most: of a link without a place 100 are taken at once, as in a second.
   */
  private static final long MAX_LAG_NS = TimeUnit.SECONDS.toNanos(1);

  private static final class Queue {
    final ArrayDeque<PeerId> peers;
    long nextNs;

    Queue(Collection<PeerId> peers, long nowNs) {
      this.peers = new ArrayDeque<>(peers);
      this.nextNs = nowNs;
    }

    void catchUp(long nowNs) {
      if (nowNs - nextNs > MAX_LAG_NS) {
        nextNs = nowNs - MAX_LAG_NS;
      }
    }
  }

  private final PointerConfig config;
  private final Map<PeerId, Queue> byRelay = new IdMap<>();

  Handovers(PointerConfig config) {
    this.config = config;
  }

  /** From now on {@code relay} is to be sent the pointers of {@code peers}, and no others. */
  void begin(PeerId relay, Collection<PeerId> peers, long nowNs) {
    byRelay.remove(relay);
    if (!peers.isEmpty()) {
      byRelay.put(relay, new Queue(peers, nowNs));
    }
  }

  /** {@code relay} is gone. */
  void forget(PeerId relay) {
    byRelay.remove(relay);
  }

  /** Those to send now, which are forgotten here. Called at each tick. */
  List<Handover> due(long nowNs) {
    List<Handover> due = new ArrayList<>();
    Iterator<Map.Entry<PeerId, Queue>> entries = byRelay.entrySet().iterator();
    while (due.size() < config.perTick() && entries.hasNext()) {
      Map.Entry<PeerId, Queue> entry = entries.next();
      Queue queue = entry.getValue();
      queue.catchUp(nowNs);
      while (due.size() < config.perTick() && nowNs - queue.nextNs >= 0 && !queue.peers.isEmpty()) {
        due.add(new Handover(entry.getKey(), queue.peers.remove()));
        queue.nextNs += config.handoverNs();
      }
      if (queue.peers.isEmpty()) {
        entries.remove();
      }
    }
    return due;
  }
}
