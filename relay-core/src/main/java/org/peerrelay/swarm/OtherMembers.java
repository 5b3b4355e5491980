package org.peerrelay.swarm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.SwarmDigest;

/**
 * The other members of a swarm, the last word of those that have left, and those whom the home
 * takes for members because it does not know the key. What is put in must be authentic. Owned by
 * its {@link JoinedSwarm}.
 */
final class OtherMembers {
  private final MemberConfig config;
  private final NavigableMap<PeerId, Membership> present = new TreeMap<>();

  /** In the order in which they have left. */
  private final Map<PeerId, Membership> departed = new LinkedHashMap<>();

  /** When that was issued which was found not to be authentic. */
  private final NavigableMap<PeerId, Long> refused = new TreeMap<>();

  private final SwarmDigest digest = new SwarmDigest();

  /** Nobody but {@code self}, which the home counts as well. */
  OtherMembers(PeerId self, MemberConfig config) {
    this.config = config;
    digest.add(self);
  }

  int size() {
    return present.size();
  }

  boolean has(PeerId peer) {
    return present.containsKey(peer);
  }

  /** The last word of a peer, which may have left; null if none is known. */
  @Nullable Membership lastOf(PeerId peer) {
    Membership last = present.get(peer);
    return last == null ? departed.get(peer) : last;
  }

  /**
   * The home takes a peer for a member by what is not authentic. It is told that this is known:
   * else it would name all members again and again, because of one who does not know the key.
   */
  void refuse(Membership told) {
    PeerId peer = told.peer();
    if (!present.containsKey(peer) && refused.size() < config.maxMembers()) {
      if (refused.put(peer, told.issued()) == null) {
        digest.add(peer);
      }
    }
  }

  /** Whether this, or something later, has been refused. */
  boolean hasRefused(Membership told) {
    Long issued = refused.get(told.peer());
    return issued != null && told.issued() <= issued;
  }

  /** The home does not take the peer for a member any more, or it has become one. */
  void forgetRefused(PeerId peer) {
    if (refused.remove(peer) != null) {
      digest.remove(peer);
    }
  }

  /** The peer is there; tells whether that is news. */
  boolean put(Membership membership) {
    PeerId peer = membership.peer();
    departed.remove(peer);
    forgetRefused(peer);
    boolean comes = present.put(peer, membership) == null;
    if (comes) {
      digest.add(peer);
    }
    return comes;
  }

  /**
   * The peer is not there any more; tells whether that is news.
   *
   * @param last its last word
   */
  boolean remove(Membership last) {
    PeerId peer = last.peer();
    boolean goes = present.remove(peer) != null;
    if (goes) {
      digest.remove(peer);
    }
    departed.remove(peer);
    departed.put(peer, last);
    if (departed.size() > config.maxDeparted()) {
      departed.remove(departed.keySet().iterator().next());
    }
    return goes;
  }

  /** Who is there, by its last word. */
  List<Membership> all() {
    return new ArrayList<>(present.values());
  }

  /** Who is there of those in {@code range}. */
  List<Membership> among(IdRange range) {
    return new ArrayList<>(part(present, range).values());
  }

  /** Who has been refused of those in {@code range}. */
  List<PeerId> refusedAmong(IdRange range) {
    return new ArrayList<>(part(refused, range).keySet());
  }

  private static <V> Map<PeerId, V> part(NavigableMap<PeerId, V> all, IdRange range) {
    boolean isEmpty = range.first().compareTo(range.last()) > 0;
    return isEmpty ? Map.of() : all.subMap(range.first(), true, range.last(), true);
  }

  /** Of all whom the home takes for members, as far as is known here; does not change. */
  SwarmDigest digest() {
    return digest.copy();
  }
}
