package org.peerrelay.lab.simulation;

/**
 * Half of the nodes, drawn at random, and the other half cannot reach each other for a while:
 * nothing passes on links between them, and dials time out.
 *
 * @param afterS how many seconds after measuring has begun
 * @param lengthS for how many seconds; 0 if it does not happen
 */
public record Partition(double afterS, double lengthS) {
  /** It does not happen. */
  public static final Partition NONE = new Partition(0, 0);

  private static final double MAX_S = 1e6;

  /** Checks the ranges. */
  public Partition {
    Expected.between("partition after s", afterS, 0, MAX_S);
    Expected.between("partition for s", lengthS, 0, MAX_S);
  }
}
