package org.peerrelay.lab.simulation;

/**
 * How simulated links behave. The latency between two nodes is drawn once, from a lognormal
 * distribution; both directions have the same.
 *
 * <p>Links are TCP connections, which lose nothing and keep the order. The chances are there to see
 * what would become of a network if they did not, and are each datagram's on each link.
 *
 * @param latencyMs median of the latency in one direction
 * @param spread standard deviation of the latency's logarithm; 0 gives every link the same
 * @param jitterMs what a frame takes longer, at most
 * @param loss chance of being lost
 * @param duplication chance of coming twice
 * @param reordering chance of being overtaken by later ones
 */
public record LinkModel(
    double latencyMs,
    double spread,
    double jitterMs,
    double loss,
    double duplication,
    double reordering) {
  /** Links across the Internet: 40 ms, most of them between 13 and 130, and nothing lost. */
  public static final LinkModel INTERNET = new LinkModel(40, 0.6, 2, 0, 0, 0);

  private static final double MAX_MS = 10_000;
  private static final double MAX_SPREAD = 3;

  /** Checks the ranges. */
  public LinkModel {
    Expected.between("latency in ms", latencyMs, 0.01, MAX_MS);
    Expected.between("latency spread", spread, 0, MAX_SPREAD);
    Expected.between("jitter in ms", jitterMs, 0, MAX_MS);
    Expected.between("loss", loss, 0, 1);
    Expected.between("duplication", duplication, 0, 1);
    Expected.between("reordering", reordering, 0, 1);
  }

  /** The same with this chance that a datagram is lost. */
  public LinkModel withLoss(double chance) {
    return new LinkModel(latencyMs, spread, jitterMs, chance, duplication, reordering);
  }

  /** The same with this chance that a datagram comes twice. */
  public LinkModel withDuplication(double chance) {
    return new LinkModel(latencyMs, spread, jitterMs, loss, chance, reordering);
  }

  /** The same with this chance that a datagram is overtaken. */
  public LinkModel withReordering(double chance) {
    return new LinkModel(latencyMs, spread, jitterMs, loss, duplication, chance);
  }
}
