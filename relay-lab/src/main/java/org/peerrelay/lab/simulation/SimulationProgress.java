package org.peerrelay.lab.simulation;

/**
 * How far a simulation has come.
 *
 * @param phase what is going on
 * @param part how much of all virtual time has passed: 0 to 1
 * @param simulatedS that time, in seconds
 * @param relays how many relays are there
 * @param peers how many leaves and legacy peers are there
 * @param events how many events have been simulated
 */
public record SimulationProgress(
    Phase phase, double part, double simulatedS, int relays, int peers, long events) {
  /** What is going on. */
  public enum Phase {
    /** Nodes join. */
    JOINING,
    /** The network is left alone. */
    SETTLING,
    /** It is measured. */
    MEASURING,
    /** What is under way arrives. */
    DRAINING,
    /** It goes on until nobody may know where those were who have left. */
    RUNNING_ON
  }
}
