package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;

/**
 * The hosts that one copy of a datagram has met, the last first. Immutable: copies share it.
 *
 * @param host number of the host
 * @param goal how often it has changed where it goes: 0 on its way to the target's id
 * @param before what it had met before; null for the first
 * @param length how many hosts these are
 */
record Trail(int host, int goal, @Nullable Trail before, int length) {
  static Trail from(int host) {
    return new Trail(host, 0, null, 1);
  }

  Trail to(int next, int goalNow) {
    return new Trail(next, goalNow, this, length + 1);
  }

  /**
   * Whether it has come round: it has been at the last host before, on the same part of its way.
   * The way to where a peer's pointer is, the way from there to the relay that it names, and the
   * way to the one that it is sent on to may cross.
   */
  boolean isRound() {
    for (Trail trail = before; trail != null; trail = trail.before) {
      if (trail.host == host && trail.goal == goal) {
        return true;
      }
    }
    return false;
  }
}
