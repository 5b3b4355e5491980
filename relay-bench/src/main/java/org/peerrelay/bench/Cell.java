package org.peerrelay.bench;

import org.peerrelay.lab.load.Pace;

/** One load of the comparison, the same for all servers. */
record Cell(int clients, int payloadBytes, Pace pace) {
  /** The rate; 0 where the relay sets the pace. */
  int ratePerSecond() {
    return pace instanceof Pace.Rate rate ? (int) rate.perSecond() : 0;
  }

  boolean isFlatOut() {
    return pace instanceof Pace.Window;
  }

  @Override
  public String toString() {
    String load = isFlatOut() ? "flat out" : ratePerSecond() + " msg/s";
    return clients + " clients, " + payloadBytes + " B, " + load;
  }
}
