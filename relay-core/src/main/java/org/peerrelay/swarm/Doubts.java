package org.peerrelay.swarm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.peerrelay.id.PeerId;

/**
 * Members of one swarm that count as gone from some time on, unless they are heard of before. Owned
 * by the {@link SwarmDirectory}.
 */
final class Doubts {
  private final Map<PeerId, Long> endNs = new HashMap<>();

  /** The member counts as gone from {@code atNs} on, whatever was said before. */
  void put(PeerId member, long atNs) {
    endNs.put(member, atNs);
  }

  /** The same, unless there is a doubt already. */
  void add(PeerId member, long atNs) {
    endNs.putIfAbsent(member, atNs);
  }

  /** The member has been heard of. */
  void remove(PeerId member) {
    endNs.remove(member);
  }

  /** Those whose time is over; there is no doubt of them any more. */
  List<PeerId> takeEnded(long nowNs) {
    List<PeerId> ended = new ArrayList<>();
    for (Iterator<Map.Entry<PeerId, Long>> all = endNs.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<PeerId, Long> doubt = all.next();
      if (nowNs - doubt.getValue() >= 0) {
        ended.add(doubt.getKey());
        all.remove();
      }
    }
    return ended;
  }
}
