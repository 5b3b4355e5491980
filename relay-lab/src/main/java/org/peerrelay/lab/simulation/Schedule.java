package org.peerrelay.lab.simulation;

/**
 * When things happen, in seconds of virtual time.
 *
 * @param joinS in which time all nodes join, evenly: the relays in its first half
 * @param settleS how long the network is then left alone
 * @param measureS how long it is measured
 * @param relayTickS how often a relay is told that time has passed. In reality that is ten times a
 *     second; less is cheaper, and makes it react later
 * @param leafTickS the same for leaves and legacy peers
 * @param runOn whether at the end a tenth of the peers leaves, and the rest goes on until nobody
 *     may know where those were
 */
public record Schedule(
    double joinS,
    double settleS,
    double measureS,
    double relayTickS,
    double leafTickS,
    boolean runOn) {
  /** Joins in 60 s, 60 s of rest, and two minutes of measuring. */
  public static final Schedule DEFAULT = new Schedule(60, 60, 120, 1, 5, false);

  private static final double MAX_S = 1e6;
  private static final double MIN_TICK_S = 0.01;
  private static final double MAX_TICK_S = 60;

  /** Checks the ranges. */
  public Schedule {
    Expected.between("join in s", joinS, 1, MAX_S);
    Expected.between("settle for s", settleS, 0, MAX_S);
    Expected.between("measure for s", measureS, 1, MAX_S);
    Expected.between("relays' tick in s", relayTickS, MIN_TICK_S, MAX_TICK_S);
    Expected.between("leaves' tick in s", leafTickS, MIN_TICK_S, MAX_TICK_S);
  }

  /** The same with another time to join. */
  public Schedule withJoinS(double seconds) {
    return new Schedule(seconds, settleS, measureS, relayTickS, leafTickS, runOn);
  }

  /** The same with another time of rest. */
  public Schedule withSettleS(double seconds) {
    return new Schedule(joinS, seconds, measureS, relayTickS, leafTickS, runOn);
  }

  /** The same, measured for another time. */
  public Schedule withMeasureS(double seconds) {
    return new Schedule(joinS, settleS, seconds, relayTickS, leafTickS, runOn);
  }

  /** The same with other ticks. */
  public Schedule withTicksS(double relays, double leaves) {
    return new Schedule(joinS, settleS, measureS, relays, leaves, runOn);
  }

  /** The same, with a tenth of the peers leaving at the end. */
  public Schedule runningOn() {
    return new Schedule(joinS, settleS, measureS, relayTickS, leafTickS, true);
  }
}
