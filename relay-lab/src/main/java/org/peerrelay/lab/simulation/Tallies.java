package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.peerrelay.message.MessageKind;

/**
 * Counts what goes over the links while it is measured, and what must never happen, at any time.
 */
final class Tallies {
  private static final int MAX_VIOLATIONS = 100;

  private final SentFrames relays = new SentFrames();
  private final SentFrames leaves = new SentFrames();
  private final SentFrames legacy = new SentFrames();
  private final SortedMap<String, Long> wireLosses = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private boolean measuring;

  void measure(boolean begins) {
    measuring = begins;
  }

  /** A host for which this {@link #counts} has sent a datagram. */
  void onSent(Host host, MessageKind kind, int sizeBytes) {
    sent(host.role()).count(kind, sizeBytes);
    host.controlBytes += kind == MessageKind.USER ? 0 : sizeBytes;
  }

  void onKeptAlive(Host host, int sizeBytes) {
    if (counts(host)) {
      sent(host.role()).countKeepAlive(sizeBytes);
      host.controlBytes += sizeBytes;
    }
  }

  void onOpened(Host host, int sizeBytes) {
    if (counts(host)) {
      sent(host.role()).countOpening(sizeBytes);
      host.controlBytes += sizeBytes;
    }
  }

  /** Whether what {@code host} sends is counted at the moment. */
  boolean counts(Host host) {
    return measuring && !host.isAttacker();
  }

  /** What the nodes of a role have sent. */
  SentFrames sent(NodeRole role) {
    return switch (role) {
      case RELAY -> relays;
      case LEAF -> leaves;
      case LEGACY -> legacy;
    };
  }

  void onLostOnWire(String reason) {
    if (measuring) {
      wireLosses.merge(reason, 1L, Long::sum);
    }
  }

  SortedMap<String, Long> wireLosses() {
    return wireLosses;
  }

  void violation(long timeNs, String what) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(TimeUnit.NANOSECONDS.toMillis(timeNs) + " ms: " + what);
    }
  }

  List<String> violations() {
    return violations;
  }
}
