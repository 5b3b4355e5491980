package org.peerrelay.lab.simulation;

import java.util.random.RandomGenerator;

/**
 * How nodes come and go, once all have joined. Each that dies is replaced by a new one with a new
 * id.
 *
 * @param relayHalfLifeS after so many seconds half of the relays are gone; 0 if they stay for ever
 * @param leafHalfLifeS the same for leaves and legacy peers
 * @param sessions how the lengths of sessions are distributed
 * @param silent which part dies without a word, as when the power fails; the links of the others
 *     are reset at once, as when a process dies
 * @param sameUrl which part of the new relays listens at the URL of the one it replaces
 */
public record Churn(
    double relayHalfLifeS, double leafHalfLifeS, Sessions sessions, double silent, double sameUrl) {
  /** Distributions of session lengths; the half-life is the median of each. */
  public enum Sessions {
    /** Who has been there for long is as likely to go as anybody. */
    EXPONENTIAL,
    /** Many short sessions, some long. */
    LOGNORMAL,
    /** Many short sessions, a few very long, as has been measured of file sharers. */
    PARETO
  }

  /** Nobody leaves. */
  public static final Churn NONE = new Churn(0, 0, Sessions.EXPONENTIAL, 0.1, 0.1);

  private static final double MAX_S = 1e9;
  private static final double LOGNORMAL_SPREAD = 1.5;
  private static final double PARETO_SHAPE = 1.1;

  /** Checks the ranges. */
  public Churn {
    Expected.between("half-life of relays in s", relayHalfLifeS, 0, MAX_S);
    Expected.between("half-life of leaves in s", leafHalfLifeS, 0, MAX_S);
    Expected.between("silent deaths", silent, 0, 1);
    Expected.between("same URL", sameUrl, 0, 1);
  }

  /** The same with half of the relays replaced every so many seconds. */
  public Churn withRelayHalfLifeS(double seconds) {
    return new Churn(seconds, leafHalfLifeS, sessions, silent, sameUrl);
  }

  /** The same with half of the leaves replaced every so many seconds. */
  public Churn withLeafHalfLifeS(double seconds) {
    return new Churn(relayHalfLifeS, seconds, sessions, silent, sameUrl);
  }

  /** The same with this part of the deaths silent. */
  public Churn withSilent(double part) {
    return new Churn(relayHalfLifeS, leafHalfLifeS, sessions, part, sameUrl);
  }

  /** Draws the length of one session, in seconds. */
  double sessionS(double halfLifeS, RandomGenerator random) {
    return switch (sessions) {
      case EXPONENTIAL -> -StrictMath.log(1 - random.nextDouble()) * halfLifeS / StrictMath.log(2);
      case LOGNORMAL -> halfLifeS * StrictMath.exp(LOGNORMAL_SPREAD * random.nextGaussian());
      case PARETO -> halfLifeS * StrictMath.pow(2 * (1 - random.nextDouble()), -1 / PARETO_SHAPE);
    };
  }
}
