package org.peerrelay.relay;

/**
 * What the number of an attempt means. Whoever sends a datagram again numbers it anew, and the
 * number says which way it goes: so it meets other relays, and ends at others, without anybody
 * having kept note of the first.
 *
 * <p>Where a relay would take the link nearest to the goal, it skips some <em>address groups</em>
 * in the order of their nearest links, and takes the nearest link of the next group.
 *
 * <ul>
 *   <li>Attempt 0 skips nothing anywhere: the straight way.
 *   <li>Attempts 1, 2, 4, 5, 6, 8 … skip 1, 2, 3, 4, 5, 6 … groups at the first relay inside, and
 *       none later. They are about as long as the straight way.
 *   <li>Attempts 3, 7, 11 … <em>evade</em>: at every relay they skip the five groups nearest to the
 *       goal, and at the first one a further group for each evading attempt before. So no five
 *       networks that have surrounded a peer's id with relays of their own get to see them. They
 *       are about twice as long, and each further relay may be one that drops: hence only each
 *       fourth.
 * </ul>
 *
 * <p>Every relay that is taken is strictly nearer to the goal, so no attempt comes round.
 */
public final class Attempts {
  /** The straight way. */
  public static final int STRAIGHT = 0;

  /** The first that evades. */
  public static final int EVADING = 3;

  /** How many address groups those that evade never enter. */
  public static final int EVADED_GROUPS = 5;

  private static final int PERIOD = 4;

  private Attempts() {}

  /** The one that evades of the four that {@code attempt} is one of. */
  public static int evading(int attempt) {
    return attempt - attempt % PERIOD + EVADING;
  }

  /**
   * How many groups have to be nearer to the target than a relay, beside the one that is taken, for
   * the way to go on; with fewer it ends there.
   */
  public static int evaded(int attempt) {
    return attempt % PERIOD == EVADING ? EVADED_GROUPS : 0;
  }

  /**
   * How many groups a relay skips, if it has so many that are nearer.
   *
   * @param first whether the datagram has met no relay inside before
   */
  static int skipped(int attempt, boolean first) {
    int evading = attempt / PERIOD;
    if (evaded(attempt) > 0) {
      return EVADED_GROUPS + (first ? evading : 0);
    }
    return first ? attempt - evading : 0;
  }

  /**
   * Which of a pointer's relays an attempt prefers, counted from the one that would be preferred;
   * to be taken modulo their number. Four attempts in a row reach four relays, and so do four that
   * evade.
   */
  static int relay(int attempt) {
    return attempt + attempt / PERIOD;
  }
}
