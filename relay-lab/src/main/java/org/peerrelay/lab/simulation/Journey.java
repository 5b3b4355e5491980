package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;

/**
 * One datagram that is watched on its way. Frames of it carry it along, which no node sees; so
 * watching changes nothing. Owned by the simulation.
 */
final class Journey {
  final Host from;
  final Host to;
  final long sentNs;

  /** Frames on the wire, copies among them. */
  int frames;

  int arrivals;
  long arrivedNs;

  /** How many relays the first copy to arrive has passed. */
  int relaysPassed;

  /** Where a copy ended that did not arrive; null if none did. */
  private @Nullable String lost;

  Journey(Host from, Host to, long sentNs) {
    this.from = from;
    this.to = to;
    this.sentNs = sentNs;
  }

  void arrive(int relays, long nowNs) {
    if (arrivals++ == 0) {
      relaysPassed = relays;
      arrivedNs = nowNs;
    }
  }

  void lose(String reason) {
    lost = reason;
  }

  /** In a few words, where it ended. */
  String ending() {
    return lost == null ? "still under way" : lost;
  }
}
