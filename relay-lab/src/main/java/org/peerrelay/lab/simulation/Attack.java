package org.peerrelay.lab.simulation;

/**
 * What some of the relays do wrong. They keep up their links, and otherwise behave.
 *
 * @param kind what they do
 * @param relays how many of the relays do it
 * @param networks in how many /24 networks they are; 0 if they are spread as all relays are
 */
public record Attack(Kind kind, int relays, int networks) {
  /** Kinds of attack. */
  public enum Kind {
    /** Users' datagrams and pings that they should pass on end with them. */
    DROP,
    /** They answer those who look for peers with each other's ids and with invented ones. */
    LIE,
    /** Each of them is the one or the other of the above, half of them each. */
    DROP_OR_LIE,
    /**
     * Their ids lie around one victim's, nearer than anybody's; they link with everybody, and drop
     * all that is for the victim.
     */
    ECLIPSE,
    /** They publish that others' peers are attached to them. */
    FALSE_POINTERS
  }

  /** Nobody does anything wrong. */
  public static final Attack NONE = new Attack(Kind.DROP, 0, 0);

  private static final int MAX = 1_000_000;

  /** Checks the ranges. */
  public Attack {
    Expected.between("attackers", relays, 0, MAX);
    Expected.between("attackers' networks", networks, 0, MAX);
  }
}
