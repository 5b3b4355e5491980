package org.peerrelay.lab.simulation;

/**
 * A presence to be simulated: all peers begin within five seconds, as members of one swarm that
 * know each other, and settle; then some change their data or lose a link; then some crash or leave
 * and others come; then the swarm is cut in half for a while.
 *
 * @param peers how many there are
 * @param observers how many of them keep the graph; the others only have and pass on the records
 * @param links how datagrams behave, from one peer to another, whatever is between
 * @param preloaded whether peers come to know each other's records as late comers do, at no cost
 *     for others; else all have to tell all
 * @param settleS how long they have to settle
 * @param measureS for how long they change
 * @param changesPerS how many of them change each second, half of them their data
 * @param replaced how many crash or leave, and how many others come; 0 for none
 * @param partitionS how long the swarm is cut in half; 0 if it is not
 * @param throughBytes whether every frame goes through the codec
 * @param seed of everything that is random
 */
public record PresenceScenario(
    int peers,
    int observers,
    LinkModel links,
    boolean preloaded,
    double settleS,
    double measureS,
    double changesPerS,
    int replaced,
    double partitionS,
    boolean throughBytes,
    long seed) {
  private static final int MAX_PEERS = 20_000;
  private static final double MAX_S = 1e5;

  /** Checks the ranges. */
  public PresenceScenario {
    Expected.between("peers", peers, 2, MAX_PEERS);
    Expected.between("observers", observers, 1, peers - 1);
    Expected.between("settle s", settleS, 0, MAX_S);
    Expected.between("measure s", measureS, 0, MAX_S);
    Expected.between("changes per s", changesPerS, 0.001, 1_000);
    Expected.between("replaced", replaced, 0, (peers - observers) / 2);
    Expected.between("partition s", partitionS, 0, MAX_S);
  }

  /** The scenario of the targets: what 10,000 peers cost that change once a second in all. */
  public static PresenceScenario large(int peers) {
    LinkModel links = LinkModel.INTERNET.withLoss(0.001);
    return new PresenceScenario(
        peers, Math.min(30, peers / 2), links, true, 150, 120, 1, 0, 0, false, 1);
  }

  /** Everything that may happen, among few peers. */
  public static PresenceScenario eventful(int peers, long seed) {
    LinkModel links = LinkModel.INTERNET.withLoss(0.01);
    return new PresenceScenario(
        peers, peers / 3, links, false, 60, 30, 1, peers / 10, 90, true, seed);
  }
}
