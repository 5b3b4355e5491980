package org.peerrelay.lab.simulation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.lab.simulation.SwarmFindings.Heard;

/** Measures how long it takes until the members of a swarm hear of what happens. */
final class SwarmWatch {
  /** What can happen. */
  enum Kind {
    JOIN,
    LEAVE,
    DEATH,
    CAST
  }

  /**
   * Something has happened.
   *
   * @param waiting members that are to hear of it and have not yet
   */
  private record Change(Kind kind, long timeNs, Set<PeerId> waiting) {}

  private static final double US = 1e3;
  private static final double S_IN_US = 1e6;
  private static final int DIGITS = 3;

  /** What each member has done last that is watched. */
  private final Map<PeerId, Change> changes = new HashMap<>();

  private final Map<Kind, Histogram> heardUs = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> missed = new EnumMap<>(Kind.class);
  private long falseLeaves;

  SwarmWatch() {
    for (Kind kind : Kind.values()) {
      heardUs.put(kind, new Histogram(DIGITS));
      missed.put(kind, 0L);
    }
  }

  /** Something happens to {@code who}, of which {@code listeners} are to hear. */
  void begin(Kind kind, PeerId who, Collection<PeerId> listeners, long nowNs) {
    settle(changes.put(who, new Change(kind, nowNs, new HashSet<>(listeners))));
  }

  /** A member is not there any more: it need not hear of anything. */
  void onGone(PeerId member) {
    changes.values().forEach(change -> change.waiting.remove(member));
  }

  /** Who has not heard of anything yet does not hear of it any more. */
  void end() {
    changes.values().forEach(this::settle);
    changes.clear();
  }

  private void settle(@Nullable Change over) {
    if (over != null) {
      missed.merge(over.kind, (long) over.waiting.size(), Long::sum);
    }
  }

  /** {@code member} has heard of {@code who}. */
  void onHeard(Kind kind, PeerId who, PeerId member, long nowNs) {
    Change change = changes.get(who);
    if (change != null && change.kind == kind) {
      record(change, member, nowNs);
    }
  }

  /** {@code member} has heard that {@code who} is not there any more. */
  void onLeaveHeard(PeerId who, PeerId member, long nowNs) {
    Change change = changes.get(who);
    if (change != null && (change.kind == Kind.LEAVE || change.kind == Kind.DEATH)) {
      record(change, member, nowNs);
    } else {
      falseLeaves++;
    }
  }

  private void record(Change change, PeerId member, long nowNs) {
    if (change.waiting.remove(member)) {
      heard(change.kind).recordValue((long) ((nowNs - change.timeNs) / US));
    }
  }

  private Histogram heard(Kind kind) {
    return Objects.requireNonNull(heardUs.get(kind));
  }

  Heard findings(Kind kind) {
    return new Heard(missed.getOrDefault(kind, 0L), Distribution.of(heard(kind), S_IN_US));
  }

  long falseLeaves() {
    return falseLeaves;
  }
}
