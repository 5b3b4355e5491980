package org.peerrelay.lab.simulation;

/**
 * What a simulation cost on the machine that it ran on.
 *
 * @param wallS how long it took, in seconds
 * @param events how many events were simulated
 * @param heapBytes how much of the heap was in use at its end
 */
public record Performance(double wallS, long events, long heapBytes) {
  /** How many events were simulated in a second. */
  public double eventsPerS() {
    return wallS == 0 ? 0 : events / wallS;
  }
}
