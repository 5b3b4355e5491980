package org.peerrelay.swarm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * Data whose authors are not known to be members yet, in order. It comes straight, and memberships
 * by way of other relays, so that it may come first. Bounded in number, bytes and time. Owned by
 * its {@link JoinedSwarm}.
 */
final class EarlyData {
  /** What has come, and when. */
  record Waiting(PeerId from, long channel, Payload payload, long sinceNs) {}

  private final MemberConfig config;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(0);
  private int bytes;

  EarlyData(MemberConfig config) {
    this.config = config;
  }

  /** Keeps it, if there is room; tells whether there was. */
  boolean add(PeerId from, long channel, Payload payload, long nowNs) {
    int sizeBytes = payload.sizeBytes();
    if (waiting.size() >= config.maxEarly() || bytes + sizeBytes > config.maxEarlyBytes()) {
      return false;
    }
    bytes += sizeBytes;
    return waiting.add(new Waiting(from, channel, payload, nowNs));
  }

  /** Takes out what {@code author} has sent. */
  List<Waiting> takeFrom(PeerId author) {
    List<Waiting> taken = new ArrayList<>();
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (next.from().equals(author)) {
        all.remove();
        bytes -= next.payload().sizeBytes();
        taken.add(next);
      }
    }
    return taken;
  }

  /** Takes out what has waited for too long; tells how many that were. */
  int dropOverdue(long nowNs) {
    int count = 0;
    Waiting oldest = waiting.peek();
    while (oldest != null && nowNs - oldest.sinceNs() >= config.earlyNs()) {
      waiting.remove();
      bytes -= oldest.payload().sizeBytes();
      count++;
      oldest = waiting.peek();
    }
    return count;
  }
}
