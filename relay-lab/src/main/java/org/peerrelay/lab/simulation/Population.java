package org.peerrelay.lab.simulation;

/**
 * Who is in a simulated network.
 *
 * @param relays nodes that others can dial and that pass on datagrams, attackers among them
 * @param leaves peers that only send and receive, in protocol 2
 * @param legacy peers that only send and receive, in the legacy format
 * @param relaysPerNetwork how many relays share one /24 of addresses
 */
public record Population(int relays, int leaves, int legacy, int relaysPerNetwork) {
  private static final int MAX_RELAYS = 1_000_000;
  private static final int MAX_LEAVES = 10_000_000;
  private static final int HOSTS_IN_NETWORK = 254;

  /** Checks the ranges. */
  public Population {
    Expected.between("relays", relays, 1, MAX_RELAYS);
    Expected.between("leaves", leaves, 0, MAX_LEAVES);
    Expected.between("legacy peers", legacy, 0, MAX_LEAVES);
    Expected.between("relays per /24", relaysPerNetwork, 1, HOSTS_IN_NETWORK);
  }

  /** All of them. */
  public int nodes() {
    return relays + leaves + legacy;
  }
}
