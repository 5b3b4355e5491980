package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;

/**
 * The hosts that one copy of a datagram has met, the last first. Immutable: copies share it.
 *
 * @param host number of the host
 * @param located whether it came there on its way to a relay that a pointer names
 * @param before what it had met before; null for the first
 * @param length how many hosts these are
 */
record Trail(int host, boolean located, @Nullable Trail before, int length) {
  static Trail from(int host) {
    return new Trail(host, false, null, 1);
  }

  Trail to(int next, boolean locatedNow) {
    return new Trail(next, locatedNow, this, length + 1);
  }

  /**
   * Whether it has come round: it has been at the last host before, on the same part of its way.
   * The way to where a peer's pointer is, and the way from there to the relay that it names, may
   * cross.
   */
  boolean isRound() {
    for (Trail trail = before; trail != null; trail = trail.before) {
      if (trail.host == host && trail.located == located) {
        return true;
      }
    }
    return false;
  }
}
