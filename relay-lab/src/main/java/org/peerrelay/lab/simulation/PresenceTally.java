package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame;
import org.peerrelay.presence.RecordKind;
import org.peerrelay.presence.SignedRecord;

/** What is counted of a simulated presence while it is measured. */
final class PresenceTally {
  /** Header of a datagram, what a swarm adds, and the head of a WebSocket frame. */
  private static final int HEADS_BYTES = 72 + 32 + 4;

  private static final int DIGITS = 3;
  private static final double US_PER_S = 1e6;

  private static final class Change {
    final long version;
    final long sinceNs;
    int reached;
    long lastNs;

    Change(long version, long sinceNs) {
      this.version = version;
      this.sinceNs = sinceNs;
      this.lastNs = sinceNs;
    }
  }

  private record Origin(RecordKind kind, PeerId peer) {}

  private final Histogram reachedUs = new Histogram(DIGITS);
  private final Histogram visited = new Histogram(DIGITS);
  private final Map<Origin, List<Change>> changes = new HashMap<>();
  private final Map<String, Long> sentBytes = new TreeMap<>();

  /** Whether new changes are followed, and frames and nodes counted. */
  boolean measures;

  /** Whether it counts where changes come: not to peers that did not yet exist. */
  boolean follows;

  void onSent(PresencePeer from, PresenceFrame frame) {
    if (measures) {
      int bytes = HEADS_BYTES + frame.encodedBytes();
      from.sentBytes += bytes;
      sentBytes.merge(frame.getClass().getSimpleName(), (long) bytes, Long::sum);
    }
  }

  void onVisited(int nodes) {
    if (measures) {
      visited.recordValue(nodes);
    }
  }

  /** A peer has published a record, or it has come to another one. */
  void onRecord(PresencePeer at, SignedRecord record, long before, long nowNs) {
    Origin origin = new Origin(record.kind(), record.peer());
    if (record.peer().equals(at.id)) {
      if (measures) {
        long sinceNs = record.kind() == RecordKind.DATA ? at.changedNs : nowNs;
        changes
            .computeIfAbsent(origin, key -> new ArrayList<>())
            .add(new Change(record.version(), sinceNs));
      }
    } else if (follows) {
      for (Change change : changes.getOrDefault(origin, List.of())) {
        if (change.version > before && change.version <= record.version()) {
          change.reached++;
          change.lastNs = nowNs;
          reachedUs.recordValue(TimeUnit.NANOSECONDS.toMicros(nowNs - change.sinceNs));
        }
      }
    }
  }

  long changes() {
    return changes.values().stream().mapToLong(List::size).sum();
  }

  /** How many did not come to so many. */
  long unreached(int others) {
    return changes.values().stream()
        .flatMap(List::stream)
        .filter(change -> change.reached < others)
        .count();
  }

  Distribution reachedS() {
    return Distribution.of(reachedUs, US_PER_S);
  }

  Distribution reachedAllS() {
    Histogram lastUs = new Histogram(DIGITS);
    for (List<Change> all : changes.values()) {
      for (Change change : all) {
        lastUs.recordValue(TimeUnit.NANOSECONDS.toMicros(change.lastNs - change.sinceNs));
      }
    }
    return Distribution.of(lastUs, US_PER_S);
  }

  Distribution visited() {
    return Distribution.of(visited, 1);
  }

  Map<String, Long> sentBytes() {
    return sentBytes;
  }
}
