package org.peerrelay.lab.simulation;

/**
 * What is sent while it is measured: each of a number of random pairs of peers is written to twice,
 * evenly spread over the time. The second time, the sender's relay has been told where the target
 * is.
 *
 * @param pairs how many pairs
 * @param payloadBytes size of a payload
 * @param tries how often a sender tries at most, until the target has it; each try takes another
 *     way where the nodes know how
 * @param toldAfterS how long after the first datagram of a pair the second is sent
 */
public record Workload(int pairs, int payloadBytes, int tries, double toldAfterS) {
  /** A thousand pairs, and one try for each. */
  public static final Workload DEFAULT = new Workload(1_000, 100, 1, 5);

  /** Nobody sends anything. */
  public static final Workload NONE = DEFAULT.withPairs(0);

  private static final int MAX_PAIRS = 100_000_000;
  private static final int MAX_PAYLOAD_BYTES = 65_536;
  private static final int MAX_TRIES = 16;
  private static final double MAX_S = 3_600;

  /** Checks the ranges. */
  public Workload {
    Expected.between("pairs", pairs, 0, MAX_PAIRS);
    Expected.between("payload in bytes", payloadBytes, 0, MAX_PAYLOAD_BYTES);
    Expected.between("tries", tries, 1, MAX_TRIES);
    Expected.between("told after s", toldAfterS, 0, MAX_S);
  }

  /** The same for so many pairs. */
  public Workload withPairs(int count) {
    return new Workload(count, payloadBytes, tries, toldAfterS);
  }

  /** The same with so many tries at most. */
  public Workload withTries(int count) {
    return new Workload(pairs, payloadBytes, count, toldAfterS);
  }
}
