package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;

/**
 * The hosts that one copy of a datagram has met, the last first. Immutable: copies share it.
 *
 * @param host number of the host
 * @param before what it had met before; null for the first
 * @param length how many hosts these are
 */
record Trail(int host, @Nullable Trail before, int length) {
  static Trail from(int host) {
    return new Trail(host, null, 1);
  }

  Trail to(int next) {
    return new Trail(next, this, length + 1);
  }

  /** Whether it has met a host. */
  boolean has(int number) {
    for (Trail trail = this; trail != null; trail = trail.before) {
      if (trail.host == number) {
        return true;
      }
    }
    return false;
  }
}
