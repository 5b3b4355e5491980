package org.peerrelay.swarm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;

/**
 * Who is a member of one swarm, as a relay knows it: of each member the last that it has said,
 * where it is, and for a while that it has left. Owned by the {@link SwarmDirectory}.
 */
final class SwarmMembers {
  /** What became of something that was told. */
  enum Change {
    /** It was known, or is older than what is known. */
    NONE,
    /** The member is still there, or at another relay. */
    RENEWED,
    /** The member was not there before. */
    CAME,
    /** The member is not there any more. */
    LEFT
  }

  /** For how long it is known of who has not said again that he is there. */
  private static final long LEFT_NS = TimeUnit.SECONDS.toNanos(30);

  private final TreeMap<PeerId, KnownMember> members = new TreeMap<>();
  private final SwarmDigest digest = new SwarmDigest();

  /**
   * Takes what was told of a member, whose signature holds.
   *
   * <p>What the member has said later counts. A relay's word that it is gone counts if it is at
   * that relay, as far as is known; and that it is there after all, if it had not left by itself.
   *
   * @param home the relay that the member is attached to
   */
  Change apply(SwarmRecord told, PeerId home, long nowNs) {
    Membership said = told.membership();
    long leftS = (long) said.lifetimeS() - told.ageS();
    KnownMember known = members.get(said.peer());
    if (leftS <= 0 || (known != null && !counts(told, home, known))) {
      return Change.NONE;
    }
    boolean was = known != null && known.isPresent();
    long endsNs = nowNs + TimeUnit.SECONDS.toNanos(leftS);
    if (known == null) {
      members.put(said.peer(), new KnownMember(said, home, told.gone(), endsNs));
    } else {
      known.renew(said, home, told.gone(), endsNs);
    }
    return count(said.peer(), was, told.isPresent());
  }

  private static boolean counts(SwarmRecord told, PeerId home, KnownMember known) {
    long issued = told.membership().issued();
    long knownIssued = known.membership().issued();
    if (issued != knownIssued) {
      return issued > knownIssued;
    }
    boolean differs = told.gone() == known.isPresent();
    return differs && !known.membership().leaving() && home.equals(known.home());
  }

  private Change count(PeerId peer, boolean was, boolean is) {
    if (was == is) {
      return is ? Change.RENEWED : Change.NONE;
    }
    if (is) {
      digest.add(peer);
      return Change.CAME;
    }
    digest.remove(peer);
    return Change.LEFT;
  }

  /** The member is not there any more, whatever it has said. */
  Change lose(PeerId peer) {
    KnownMember known = members.get(peer);
    if (known == null || !known.isPresent()) {
      return Change.NONE;
    }
    known.lose();
    return count(peer, true, false);
  }

  /**
   * Forgets those who have left, once nothing that they have said counts any more; tells who has
   * not said again in time that he is there, and has so left.
   */
  List<KnownMember> takeEnded(long nowNs) {
    List<KnownMember> ended = members.values().stream().filter(m -> m.hasEnded(nowNs)).toList();
    List<KnownMember> left = new ArrayList<>();
    for (KnownMember member : ended) {
      if (member.isPresent()) {
        member.end(nowNs + LEFT_NS);
        digest.remove(member.peer());
        left.add(member);
      } else {
        members.remove(member.peer());
      }
    }
    return left;
  }

  @Nullable KnownMember get(PeerId peer) {
    return members.get(peer);
  }

  /** Who is there and passes {@code wanted}. */
  List<PeerId> present(Predicate<KnownMember> wanted) {
    List<PeerId> found = new ArrayList<>();
    for (KnownMember member : members.values()) {
      if (member.isPresent() && wanted.test(member)) {
        found.add(member.peer());
      }
    }
    return found;
  }

  /** Who is there among these ids, in the order of ids. */
  List<KnownMember> present(IdRange range) {
    Collection<KnownMember> all = members.subMap(range.first(), true, range.last(), true).values();
    return all.stream().filter(KnownMember::isPresent).toList();
  }

  /** Whether {@code peer} is there. */
  boolean isPresent(PeerId peer) {
    KnownMember known = members.get(peer);
    return known != null && known.isPresent();
  }

  /** Whether {@code peer} is there, attached to {@code home}. */
  boolean isAt(PeerId peer, PeerId home) {
    KnownMember known = members.get(peer);
    return known != null && known.isPresent() && known.home().equals(home);
  }

  SwarmDigest digest() {
    return digest;
  }

  /** How many are known, those who have left among them. */
  int size() {
    return members.size();
  }
}
